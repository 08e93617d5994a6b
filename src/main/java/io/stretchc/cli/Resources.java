package io.stretchc.cli;

import io.stretchc.compile.Templates;
import io.stretchc.diag.Code;
import io.stretchc.render.HtmlTemplate;
import io.stretchc.schema.TopologySchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Texts that are packaged with the program. */
final class Resources {
    private Resources() {}

    static TopologySchema topologySchema() {
        return TopologySchema.of(schemaText());
    }

    static String schemaText() {
        return text("schema/topology.schema.json");
    }

    static Templates templates() {
        return new Templates(
                text("compile/server.conf.j2"), text("compile/accounts.conf.j2"), text("compile/topology.yaml.j2"));
    }

    /** The page of this name, with the style of all pages. */
    static HtmlTemplate page(String name) {
        return new HtmlTemplate(text("render/" + name + ".html.j2"), text("render/page.css"));
    }

    static String page(Code code) {
        return text("codes/" + code.name() + ".md");
    }

    private static String text(String name) {
        try (InputStream in = Resources.class.getResourceAsStream("/io/stretchc/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the packaged file " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
