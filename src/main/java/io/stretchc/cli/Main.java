package io.stretchc.cli;

import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code stretchc} command. */
@CommandLine.Command(
        name = "stretchc",
        description = "Configurations and recovery plans for NATS JetStream clusters stretched over data centres.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc validate topologies/stretch.yaml",
            "  stretchc compile topologies/stretch.yaml --out out",
            "",
            "Exit codes: 0 done; 1 invalid input; 2 wrong usage; 3 there are differences; 4 refused;",
            "5 stopped part-way; 6 out of reach; 70 a bug of stretchc."
        })
public final class Main implements Runnable {
    private static final List<Class<?>> COMMANDS = List.of(
            InitCommand.class,
            ValidateCommand.class,
            ExplainCommand.class,
            CompileCommand.class,
            ArbiterCommand.class,
            ObserveCommand.class,
            BackupCommand.class,
            RestoreStreamCommand.class,
            StatusCommand.class,
            VerifyCommand.class,
            PlanCommand.class,
            ShowCommand.class,
            ApplyCommand.class,
            LabCommand.class,
            DrillCommand.class,
            AutoComplete.GenerateCompletion.class);

    private final Console console;

    @Spec
    private @Nullable CommandSpec spec;

    private Main(Console console) {
        this.console = console;
    }

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] args) {
        // else the library that signs with nkeys unpacks native code to a temporary directory, and leaves it there
        System.setProperty("org.bouncycastle.native.cpu_variant", "java");
        Engines engines = Engines.ahead(args);
        var results = new ResultStream(new java.io.FileOutputStream(java.io.FileDescriptor.out));
        var out = new PrintWriter(new OutputStreamWriter(results, StandardCharsets.UTF_8));
        var err = new PrintWriter(
                new OutputStreamWriter(
                        new java.io.FileOutputStream(java.io.FileDescriptor.err), StandardCharsets.UTF_8),
                true);
        var colour = Terminal.of(System.getProperty("stretchc.terminal", ""));
        // buffered, since Java 17 asks a FileInputStream for its position, which a pipe does not have
        var in = new java.io.BufferedInputStream(new java.io.FileInputStream(java.io.FileDescriptor.in));
        int code = run(new Console(out, err, in, new TreeMap<>(System.getenv()), colour, colour, engines), args);
        out.flush();
        if (results.failed()) {
            err.println("stretchc: standard output took no more; the results above are not complete.");
            code = ExitCode.UNREACHABLE.number();
        }
        err.flush();
        Runtime.getRuntime().halt(code); // nothing is left to clean up, and shutdown would cost start-up time
    }

    /** Runs a command line, as the process would, without ending it. */
    public static int run(
            PrintWriter out,
            PrintWriter err,
            InputStream in,
            Map<String, String> environment,
            Terminal terminal,
            String... args) {
        return run(new Console(out, err, in, new TreeMap<>(environment), terminal, terminal, Engines.lazy()), args);
    }

    private static int run(Console asked, String... args) {
        Console console = asked.environment().getOrDefault("NO_COLOR", "").isEmpty() ? asked : asked.uncoloured();
        var commands = new CommandLine(new Main(console));
        subcommands(commands, args);
        commands.setOut(console.out())
                .setErr(console.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        console.colour().out() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(WrongUsage::report)
                .setExecutionExceptionHandler((e, c, r) -> bug(e, c, console.environment()))
                .registerConverter(Integer.class, new WrongUsage.WholeNumber())
                .registerConverter(int.class, new WrongUsage.WholeNumber());
        int code = execute(commands, console.environment(), args);
        console.out().flush();
        console.err().flush();
        return code;
    }

    /** Adds the command that is called, or all of them when it is none or help is asked for: each takes time to read. */
    private static void subcommands(CommandLine commands, String... args) {
        String called = args.length == 0 ? "" : args[0];
        List<Class<?>> one = COMMANDS.stream()
                .filter(c -> name(c).equals(called) && c != AutoComplete.GenerateCompletion.class)
                .toList();
        for (Class<?> command : one.isEmpty() ? COMMANDS : one) {
            commands.addSubcommand(name(command), command);
        }
        CommandLine plan = commands.getSubcommands().get(PlanCommand.NAME);
        if (plan != null) {
            scenarios(plan, one.isEmpty() || args.length < 2 ? "" : args[1]);
        }
        if (one.isEmpty()) {
            completion(commands);
        }
    }

    private static void scenarios(CommandLine plan, String called) {
        List<Class<?>> one = PlanCommand.SCENARIOS.stream()
                .filter(c -> name(c).equals(called))
                .toList();
        for (Class<?> scenario : one.isEmpty() ? PlanCommand.SCENARIOS : one) {
            plan.addSubcommand(name(scenario), scenario);
        }
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(CommandLine.Command.class).name();
    }

    /** The library's own command gets an example of its own, instead of those of the whole program. */
    private static void completion(CommandLine commands) {
        java.util.Objects.requireNonNull(commands.getSubcommands().get("generate-completion"))
                .getCommandSpec()
                .usageMessage()
                .description("Print a completion script for bash and zsh.")
                .footerHeading("%nExample:%n")
                .footer("  source <(stretchc generate-completion)");
    }

    /** Runs the command; no memory, no stack or a damaged jar are our fault too, and never a raw trace. */
    private static int execute(CommandLine commands, Map<String, String> environment, String... args) {
        try {
            return commands.execute(args);
        } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
            return bug(e, commands, environment);
        }
    }

    static Console console(CommandSpec spec) {
        return ((Main) spec.root().userObject()).console;
    }

    @Override
    public void run() {
        CommandLine line = java.util.Objects.requireNonNull(spec).commandLine();
        throw new ParameterException(line, "A command is missing.");
    }

    private static int bug(Throwable e, CommandLine command, Map<String, String> environment) {
        PrintWriter err = command.getErr();
        err.println("stretchc: this is a bug of stretchc, not of your input: "
                + e.getClass().getSimpleName() + " in `" + command.getCommandName() + "`.");
        err.println("Please report it with the command line, the topology and the output with STRETCHC_DEBUG=1 set.");
        if (!environment.getOrDefault("STRETCHC_DEBUG", "").isEmpty()) {
            e.printStackTrace(err);
        }
        return ExitCode.BUG.number();
    }

    /** The version that the jar says it is. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"stretchc " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
