package io.stretchc.cli;

import io.stretchc.quorum.Technique;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What every scenario takes. */
final class PlanOptions {
    @Parameters(paramLabel = "TOPOLOGY", description = "Topology file.")
    String file = "";

    @Option(
            names = "--snapshot",
            paramLabel = "FILE",
            description = "Plan from a snapshot of `observe` instead of a live cluster.")
    @Nullable
    String snapshot;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the plan goes, instead of standard output.")
    @Nullable
    String output;

    @Option(
            names = "--technique",
            paramLabel = "T",
            converter = TechniqueWord.class,
            description = "arbiter, new-servers, stand-ins or rescue, instead of the best that the version allows.")
    @Nullable
    Technique technique;

    @Option(names = "--detailed-exitcode", description = "End with 3 when there is something to do.")
    boolean detailed;

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    /** Techniques as words of a command line. */
    static final class TechniqueWord implements picocli.CommandLine.ITypeConverter<Technique> {
        @Override
        public Technique convert(String value) {
            List<Technique> all = Arrays.asList(Technique.values());
            return all.stream()
                    .filter(t -> word(t).equals(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("expected one of "
                            + String.join(
                                    ", ", all.stream().map(TechniqueWord::word).toList())));
        }

        private static String word(Technique technique) {
            return technique.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
