package io.stretchc.compile;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.tree.Node;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The templates. They print and loop; what a value means is decided before it comes here. */
public final class Templates {
    private final Jinjava jinjava;
    private final String server;
    private final String accounts;
    private final String scaffold;

    /**
     * Takes the texts of the templates.
     *
     * @param server for one server's configuration
     * @param accounts for the accounts of a cluster
     * @param scaffold for a first topology
     */
    public Templates(String server, String accounts, String scaffold) {
        this.server = server;
        this.accounts = accounts;
        this.scaffold = scaffold;
        // Nested interpretation would run values as templates: a name with braces must stay a name.
        this.jinjava = new Jinjava(JinjavaConfig.newBuilder()
                .withFailOnUnknownTokens(true)
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .withNestedInterpretationEnabled(false)
                .withMaxOutputSize(0)
                .build());
        jinjava.getGlobalContext().registerFilter(new ConfFilter());
        jinjava.getGlobalContext().registerFilter(new KeyFilter());
    }

    /** Renders many servers, the template parsed once. */
    Renderer server() {
        return new Renderer(jinjava, server);
    }

    Renderer accounts() {
        return new Renderer(jinjava, accounts);
    }

    Renderer scaffold() {
        return new Renderer(jinjava, scaffold);
    }

    /** A parsed template. */
    static final class Renderer {
        private final Jinjava jinjava;
        private final Node parsed;

        Renderer(Jinjava jinjava, String text) {
            this.jinjava = jinjava;
            this.parsed = jinjava.newInterpreter().parse(text);
        }

        String render(Map<String, Object> values) {
            var context = new Context(jinjava.getGlobalContextCopy(), values, null);
            var interpreter = new JinjavaInterpreter(jinjava, context, jinjava.getGlobalConfig());
            try (var current =
                    JinjavaInterpreter.closeablePushCurrent(interpreter).get()) {
                String text = current.value().render(parsed);
                if (!interpreter.getErrors().isEmpty()) {
                    throw new IllegalStateException("a template failed: "
                            + interpreter.getErrors().get(0).getMessage());
                }
                return text;
            }
        }
    }

    /** {@code value|conf}: a quoted string value; of a list, all of them in brackets. */
    private static final class ConfFilter implements Filter {
        @Override
        public Object filter(@Nullable Object value, JinjavaInterpreter interpreter, String... args) {
            if (value instanceof Collection<?> many) {
                return many.stream()
                        .map(item -> ConfText.quoted(String.valueOf(item)))
                        .collect(Collectors.joining(", ", "[", "]"));
            }
            return ConfText.quoted(String.valueOf(value));
        }

        @Override
        public String getName() {
            return "conf";
        }
    }

    /** {@code value|key}: a quoted name, or the path of an include. */
    private static final class KeyFilter implements Filter {
        @Override
        public Object filter(@Nullable Object value, JinjavaInterpreter interpreter, String... args) {
            return ConfText.key(String.valueOf(value));
        }

        @Override
        public String getName() {
            return "key";
        }
    }
}
