package io.stretchc.cli;

import io.stretchc.codec.LedgerCodec;
import io.stretchc.diag.Quote;
import io.stretchc.ledger.Audit;
import io.stretchc.ledger.AuditReport;
import io.stretchc.ledger.Book;
import io.stretchc.ledger.FloorBack;
import io.stretchc.ledger.Header;
import io.stretchc.ledger.Kind;
import io.stretchc.ledger.LedgerFault;
import io.stretchc.ledger.StreamAudit;
import io.stretchc.ledger.StreamCopies;
import io.stretchc.nats.CopyReader;
import io.stretchc.nats.LoginFault;
import io.stretchc.observe.QueryFault;
import io.stretchc.render.AuditText;
import io.stretchc.render.AuditView;
import io.stretchc.resolve.ResolvedTopology;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stretchc lab audit}: what a load was promised, held against what every replica has. */
@CommandLine.Command(
        name = "audit",
        description = {
            "Read back what `lab load` sent, from every replica that can be read, and hold it against the ledger.",
            "",
            "Says which acknowledged messages are lost (before, between or after those that are left), stored twice or"
                    + " never sent, which replicas contradict the leader, and which ack floors went back; the RPO in"
                    + " messages and seconds, and how long each stream acknowledged nothing. Exit code 3 if a promise"
                    + " was broken, 6 if a stream could not be read."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stretchc lab audit topologies/stretch.yaml --ledger night.jsonl",
            "  stretchc lab audit --context local --ledger night.jsonl --format json"
        })
final class LabAuditCommand extends Command {
    /** How long a stream is read at most, if not longer by the patience. */
    private static final Duration ONE_READING = Duration.ofSeconds(10);

    @Mixin
    private LabTarget target = new LabTarget();

    @Option(names = "--ledger", paramLabel = "FILE", required = true, description = "The ledger of the load.")
    private String ledger = "";

    @Option(names = "--format", paramLabel = "F", description = "text or json (default: text).")
    private Format format = Format.text;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description =
                    "How long to wait for leaders, and for replicas that are behind or differ (default: ${DEFAULT-VALUE}).",
            defaultValue = "20s")
    private Duration patience = Duration.ZERO;

    /** Forms of output. */
    enum Format {
        text,
        json
    }

    @Override
    ExitCode run(Console console) {
        try {
            LabTarget.Read topology = target.topology(console);
            if (topology.failed()) {
                return ExitCode.INVALID;
            }
            Book book = book();
            Seen seen = audit(console, topology.topology(), book);
            AuditReport report = seen.report();
            if (report.elsewhere(seen.cluster())) {
                console.err()
                        .println("stretchc: the ledger " + Quote.of(ledger) + " tells of the cluster "
                                + Quote.of(book.header().cluster()) + ", and this is " + Quote.of(seen.cluster())
                                + ", which has nothing of that load; name the topology, the context or the server of "
                                + Quote.of(book.header().cluster()) + ".");
                return ExitCode.REFUSED;
            }
            console.out().print(format == Format.json ? AuditView.json(report) : AuditText.of(report));
            return switch (report.verdict()) {
                case KEPT -> ExitCode.OK;
                case BROKEN -> ExitCode.DIFFERENT;
                case OPEN -> ExitCode.UNREACHABLE;
            };
        } catch (LedgerFault e) {
            console.err().println("stretchc: the ledger " + Quote.of(ledger) + ": " + e.getMessage());
            return ExitCode.INVALID;
        } catch (QueryFault | LoginFault e) {
            console.err().println("stretchc: " + e.getMessage());
            return ExitCode.UNREACHABLE;
        }
    }

    private Book book() throws LedgerFault {
        try (InputStream in = Files.newInputStream(Path.of(ledger))) {
            return new LedgerCodec().read(in);
        } catch (IOException | InvalidPathException e) {
            throw new LedgerFault("It cannot be read; check the name and its permissions.");
        }
    }

    /**
     * What was found, and where.
     *
     * @param cluster its name; empty when it is not known
     */
    private record Seen(AuditReport report, String cluster) {}

    private Seen audit(Console console, @Nullable ResolvedTopology topology, Book book) throws QueryFault, LoginFault {
        LabTarget.Account account =
                target.account(console, topology, book.header().account());
        long end = System.nanoTime() + patience.toNanos();
        var copies = new ArrayList<StreamCopies>();
        try (var reader = CopyReader.connect(account.login())) {
            for (Header.Stream stream : book.header().streams()) {
                copies.add(reader.read(book, stream, patience.compareTo(ONE_READING) > 0 ? patience : ONE_READING));
            }
            AuditReport report = Audit.of(book, copies);
            String cluster = reader.cluster();
            while (unsettled(report) && !report.elsewhere(cluster) && System.nanoTime() < end) {
                pause();
                for (int i = 0; i < copies.size(); i++) {
                    if (unsettled(report.streams().get(i))) {
                        StreamCopies again =
                                reader.read(book, book.header().streams().get(i), ONE_READING);
                        if (noWorse(again, copies.get(i))) {
                            copies.set(i, again);
                        }
                    }
                }
                report = Audit.of(book, copies);
            }
            return new Seen(Audit.of(book, CopyCounts.added(copies, account, topology)), cluster);
        }
    }

    /** A second look that saw less, as while a leader is being elected, does not replace the first. */
    private static boolean noWorse(StreamCopies again, StreamCopies before) {
        return before.leader() == null
                || (again.leader() != null
                        && again.unread().size() <= before.unread().size());
    }

    private static boolean unsettled(AuditReport report) {
        return report.streams().stream().anyMatch(LabAuditCommand::unsettled);
    }

    /** Whether time may change what was read: a replica catches up, a leader is elected. */
    private static boolean unsettled(StreamAudit stream) {
        return stream.leader() == null
                || !stream.behind().isEmpty()
                || !stream.divergences().isEmpty()
                || stream.floorsBack().stream().anyMatch(FloorBack::lasting)
                || (stream.unread().size() > 0 && stream.stream().kind() != Kind.QUEUE);
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
