package io.stretchc.cli;

import io.stretchc.diag.Nearest;
import io.stretchc.diag.Quote;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said about a command line that cannot be understood: what is wrong, what may be meant, how it goes. */
final class WrongUsage {
    private WrongUsage() {}

    /** Reports the fault on standard error. */
    static int report(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        String message = e instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched, command)
                : Quote.sentence(String.valueOf(e.getMessage()));
        err.println("stretchc: " + message);
        boolean lost = !command.getSubcommands().isEmpty() && !(e instanceof UnmatchedArgumentException);
        if (lost) {
            command.usage(err);
        } else {
            err.print("Usage: " + command.getHelp().synopsis("Usage: ".length()));
            err.println("`" + command.getCommandSpec().qualifiedName() + " --help` says more.");
        }
        return ExitCode.USAGE.number();
    }

    private static String unmatched(UnmatchedArgumentException e, CommandLine command) {
        String first = e.getUnmatched().get(0);
        if (first.startsWith("-") && first.length() > 1) {
            String name = first.replaceFirst("=.*", "");
            return "There is no option " + Quote.of(name) + "."
                    + meant(name, command.getCommandSpec().optionsMap().keySet());
        }
        if (!command.getSubcommands().isEmpty()) {
            return "There is no command " + Quote.of(first) + "."
                    + meant(first, command.getSubcommands().keySet());
        }
        return Quote.of(first) + " is one argument too many.";
    }

    private static String meant(String typed, Collection<String> known) {
        Optional<String> nearest = Nearest.to(typed, known);
        return nearest.map(n -> " Did you mean " + Quote.of(n) + "?").orElse("");
    }

    /** A whole number; the library would call anything else "not an int". */
    static final class WholeNumber implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            try {
                return Integer.valueOf(value);
            } catch (NumberFormatException e) {
                throw new TypeConversionException(Quote.of(value) + " is not a whole number");
            }
        }
    }
}
