package io.stretchc.cli;

import io.stretchc.check.RuleSet;
import io.stretchc.diag.Diagnostic;
import io.stretchc.diag.Result;
import io.stretchc.diag.Severity;
import io.stretchc.read.TopologyReader;
import io.stretchc.resolve.ResolvedTopology;
import io.stretchc.resolve.Resolver;
import io.stretchc.schema.SchemaCheck;
import io.stretchc.schema.TopologySchema;
import io.stretchc.syntax.SourceDocument;
import io.stretchc.syntax.YamlReader;
import io.stretchc.topology.ServerVersion;
import io.stretchc.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From a topology's text to its resolved form: every stage of the way, all findings together. */
final class TopologyLoader {
    private final SchemaCheck schema;
    private final @Nullable ServerVersion version;

    /**
     * A loader.
     *
     * @param version to assume instead of the declared one
     */
    TopologyLoader(TopologySchema schema, @Nullable ServerVersion version) {
        this.schema = new SchemaCheck(schema);
        this.version = version;
    }

    /**
     * What became of a file.
     *
     * @param topology none when the file could not be read as YAML
     */
    record Loaded(
            SourceText source,
            @Nullable ResolvedTopology topology,
            List<Diagnostic> diagnostics,
            List<Diagnostic> accepted) {
        boolean failed() {
            return topology == null || diagnostics.stream().anyMatch(d -> d.severity() == Severity.ERROR);
        }
    }

    /**
     * A topology that something is to be done with; its faults are reported.
     *
     * @param version to assume instead of the declared one
     * @return none when it has faults
     */
    static @Nullable ResolvedTopology read(Console console, String file, @Nullable ServerVersion version) {
        Loaded loaded =
                new TopologyLoader(console.engines().schema(), version).load(SourceText.read(file, console.in()));
        if (!loaded.failed()) {
            return loaded.topology();
        }
        console.err()
                .print(new Reporter(false)
                        .render(
                                List.of(loaded),
                                Reporter.Format.text,
                                console.colour().err()));
        return null;
    }

    Loaded load(SourceText source) {
        String text = source.text();
        if (text == null) {
            return new Loaded(source, null, source.diagnostics(), List.of());
        }
        Result<SourceDocument> parsed = YamlReader.read(source.name(), text);
        SourceDocument document = parsed.value();
        if (document == null) {
            return new Loaded(source, null, parsed.diagnostics(), List.of());
        }
        SchemaCheck.Verdict form = schema.check(document);
        ResolvedTopology topology = Resolver.resolve(read(document), form.broken());
        RuleSet.Verdict meaning = RuleSet.check(document, topology);
        var all = new ArrayList<>(parsed.diagnostics());
        all.addAll(form.diagnostics());
        all.addAll(meaning.diagnostics());
        return new Loaded(source, topology, all.stream().sorted().distinct().toList(), meaning.accepted());
    }

    private Topology read(SourceDocument document) {
        Topology topology = TopologyReader.read(document.root());
        return version == null ? topology : topology.on(version);
    }
}
