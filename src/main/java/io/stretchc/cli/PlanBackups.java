package io.stretchc.cli;

import io.stretchc.backup.BackupManifest;
import io.stretchc.diag.Quote;
import io.stretchc.plan.Backup;
import io.stretchc.plan.PlanInput;
import io.stretchc.snapshot.Census;
import io.stretchc.snapshot.ServerState;
import io.stretchc.topology.ServerVersion;
import io.stretchc.vault.BackupFault;
import io.stretchc.vault.BackupSearch;
import io.stretchc.vault.StoredBackup;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Looks for backups of the streams of which nobody who answers holds anything: of each the newest that is whole, read to its
 * end, and that the version which runs can restore. What is passed over is said.
 */
final class PlanBackups {
    private final String directory;
    private final Console console;
    private final List<String> unused = new ArrayList<>();

    PlanBackups(String directory, Console console) {
        this.directory = directory;
        this.console = console;
    }

    /** The same input with what was found. */
    PlanInput into(PlanInput input) throws BackupFault {
        var lost = new TreeMap<String, List<BackupSearch.Found>>();
        for (BackupSearch.Found f : BackupSearch.below(directory)) {
            String account = account(f, input);
            if (!f.fault().isEmpty()) {
                unused(f.fault());
            } else if (account.isEmpty()) {
                unused("The backup in "
                        + Quote.of(f.backup().directory())
                        + " does not say of which account it is; put it into a directory of that name.");
            } else if (!held(account, f.stream(), input)) {
                lost.computeIfAbsent(account + "\n" + f.stream(), k -> new ArrayList<>())
                        .add(f);
            }
        }
        var kept = new ArrayList<Backup.Kept>();
        ServerVersion version = version(input);
        for (List<BackupSearch.Found> of : lost.values()) {
            of.sort(Comparator.comparing(BackupSearch.Found::made)
                    .reversed()
                    .thenComparing(f -> f.backup().directory()));
            for (BackupSearch.Found f : of) {
                Optional<Backup> usable = usable(f, version);
                if (usable.isPresent()) {
                    kept.add(new Backup.Kept(account(f, input), f.stream(), usable.get()));
                    break;
                }
            }
        }
        return new PlanInput(
                input.topology(),
                input.source(),
                input.snapshot(),
                input.fingerprint(),
                input.technique(),
                kept,
                unused);
    }

    /** Said at once, and once more in the plan. */
    private void unused(String why) {
        console.err().println("  not used: " + why);
        unused.add(why);
    }

    private Optional<Backup> usable(BackupSearch.Found f, ServerVersion version) {
        try {
            StoredBackup.Whole whole = f.backup().check();
            if (!whole.contents().format().restoredBy(version)) {
                unused("The backup in "
                        + Quote.of(f.backup().directory())
                        + " was made by nats-server 2.15 or later, and nats-server " + version
                        + " does not read what that writes.");
                return Optional.empty();
            }
            BackupManifest.State counts = whole.file().counts();
            long bytes = java.nio.file.Files.size(whole.archive());
            String taken = whole.manifest()
                    .map(BackupManifest::taken)
                    .map(Instant::toString)
                    .orElse("");
            return Optional.of(new Backup(
                    path(f.backup()),
                    whole.sha256(),
                    taken,
                    bytes,
                    whole.file().replicas(),
                    counts.messages(),
                    counts.lastSequence()));
        } catch (BackupFault e) {
            unused(String.valueOf(e.getMessage()));
        } catch (java.io.IOException e) {
            unused("The backup in " + Quote.of(f.backup().directory()) + " cannot be read.");
        }
        return Optional.empty();
    }

    private String path(StoredBackup backup) {
        Path below = Path.of(directory).relativize(backup.directory());
        String path = StreamSupport.stream(below.spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
        return path.isEmpty() ? "." : path;
    }

    /** Its manifest's or that of the directory around it, if the topology has it; else the only one that there is. */
    private static String account(BackupSearch.Found f, PlanInput input) {
        List<String> known = input.topology().backbone().access().accounts().stream()
                .filter(a -> !a.system())
                .map(a -> a.name().text())
                .toList();
        if (known.contains(f.account())) {
            return f.account();
        }
        boolean seen =
                input.snapshot().streams().stream().anyMatch(s -> s.account().equals(f.account()));
        return seen ? f.account() : f.account().isEmpty() && known.size() == 1 ? known.get(0) : "";
    }

    private static boolean held(String account, String stream, PlanInput input) {
        return input.snapshot().streams().stream()
                .anyMatch(s -> s.account().equals(account)
                        && s.name().equals(stream)
                        && !s.now().copies().isEmpty());
    }

    private static ServerVersion version(PlanInput input) {
        return input.snapshot().members().stream()
                .map(ServerState::version)
                .min(ServerVersion::compareTo)
                .orElse(Census.OLDEST);
    }
}
