package io.stretchc.cli;

import io.stretchc.diag.Code;
import io.stretchc.diag.Nearest;
import io.stretchc.diag.Quote;
import io.stretchc.invariant.Invariant;
import io.stretchc.render.InvariantPage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code stretchc explain}: what a code means and how to mend it. */
@CommandLine.Command(
        name = "explain",
        description = "Say what a code of `validate` or `verify` means and how to mend it; without a code, list all.",
        footerHeading = "%nExample:%n",
        footer = "  stretchc explain QM102")
final class ExplainCommand extends Command {
    @Parameters(arity = "0..1", paramLabel = "CODE", description = "A code, such as QM102 or IV101.")
    private @Nullable String name;

    @Override
    ExitCode run(Console console) {
        if (name == null) {
            for (Code code : Code.values()) {
                console.out().printf(Locale.ROOT, "%s  %-7s  %s%n", code, code.severity(), code.title());
            }
            for (Invariant invariant : Invariant.values()) {
                console.out().printf(Locale.ROOT, "%s  %-7s  %s%n", invariant, "verify", invariant.title());
            }
            return ExitCode.OK;
        }
        String wanted = name.toUpperCase(Locale.ROOT);
        Optional<Invariant> invariant = Arrays.stream(Invariant.values())
                .filter(i -> i.name().equals(wanted))
                .findFirst();
        if (invariant.isPresent()) {
            console.out().print(InvariantPage.render(invariant.get()));
            return ExitCode.OK;
        }
        Optional<Code> code = Arrays.stream(Code.values())
                .filter(c -> c.name().equals(wanted))
                .findFirst();
        if (code.isEmpty()) {
            List<String> known = Stream.concat(
                            Arrays.stream(Code.values()).map(Code::name),
                            Arrays.stream(Invariant.values()).map(Invariant::name))
                    .toList();
            String hint = Nearest.to(wanted, known)
                    .map(n -> " Did you mean " + n + "?")
                    .orElse("");
            console.err()
                    .println("stretchc: there is no code " + Quote.of(name) + "." + hint
                            + " `stretchc explain` lists all.");
            return ExitCode.USAGE;
        }
        console.out().print(Resources.page(code.get()));
        return ExitCode.OK;
    }
}
