package io.stretchc.cli;

import io.stretchc.quorum.Technique;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How the meta group is to get its quorum back. */
final class TechniqueOption {
    @Option(
            names = "--technique",
            paramLabel = "T",
            converter = TechniqueWord.class,
            description = "arbiter, new-servers, stand-ins or rescue, instead of the best that the version allows.")
    @Nullable
    Technique technique;

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
