package io.stretchc.cli;

import io.stretchc.compile.Scaffold;
import io.stretchc.compile.Templates;
import io.stretchc.schema.TopologySchema;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * The two parts that take longest to start, the schema validator and the templates. A process starts them on a second
 * thread while the command line is still being read, which is a third of a short command's time.
 */
final class Engines {
    private final Supplier<TopologySchema> schema;
    private final Supplier<Templates> templates;

    private Engines(Supplier<TopologySchema> schema, Supplier<Templates> templates) {
        this.schema = schema;
        this.templates = templates;
    }

    /** Started when they are asked for. */
    static Engines lazy() {
        return new Engines(Resources::topologySchema, Resources::templates);
    }

    /** Started now, those that the command will ask for. */
    static Engines ahead(String... args) {
        String command = args.length == 0 ? "" : args[0];
        boolean compiles = List.of("compile", "arbiter").contains(command);
        if (!compiles && !List.of("validate", "plan").contains(command)) {
            return lazy();
        }
        var schema = new FutureTask<>(Resources::topologySchema);
        var templates = new FutureTask<>(Engines::warm);
        var thread = new Thread(
                () -> {
                    schema.run();
                    if (compiles) {
                        templates.run();
                    }
                },
                "engines");
        thread.setDaemon(true);
        thread.start();
        return new Engines(() -> result(schema), compiles ? () -> result(templates) : Resources::templates);
    }

    TopologySchema schema() {
        return schema.get();
    }

    Templates templates() {
        return templates.get();
    }

    /** The first text that is rendered takes longest; this one nobody sees. */
    private static Templates warm() {
        Templates templates = Resources.templates();
        new Scaffold("WARM", List.of("a"), 1, "2.12.15").render(templates);
        return templates;
    }

    private static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an engine did not start", e.getCause());
        }
    }
}
