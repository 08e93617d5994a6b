package io.stretchc.cli;

import io.stretchc.apply.Consent;
import io.stretchc.apply.Driver;
import io.stretchc.apply.Halt;
import io.stretchc.diag.Quote;
import io.stretchc.journal.Progress;
import io.stretchc.plan.Action;
import io.stretchc.plan.Plan;
import io.stretchc.plan.Risk;
import io.stretchc.plan.Step;
import io.stretchc.topology.SiteName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/**
 * Who agreed to what. Approval is of a plan id, so that nobody approves one plan and has another carried out; what a former
 * run was given is in the journal of the same plan, and counts.
 */
final class Approval {
    private static final int SHORTEST_ID = 12;
    private static final int TYPED = 12;

    private final Console console;
    private final ApplyCommand options;
    private final Plan plan;
    private final String id;
    private final Progress progress;
    private final String by;

    Approval(Console console, ApplyCommand options, Plan plan, String id, Progress progress, String by) {
        this.console = console;
        this.options = options;
        this.plan = plan;
        this.id = id;
        this.progress = progress;
        this.by = by;
    }

    /** What is wrong with what was given, before the cluster is even looked at. */
    void early(Driver driver) throws Halt {
        if (options.approve != null && !matches(options.approve)) {
            throw new Halt(
                    Halt.Kind.REFUSED,
                    "The approval is of " + Quote.of(options.approve) + ", and this plan is " + id
                            + ". Read it with `stretchc show`, and approve its id, at least " + SHORTEST_ID
                            + " digits of it.");
        }
        for (SiteName site : options.attested()) {
            if (sites().stream().noneMatch(site::equals)) {
                throw new Halt(
                        Halt.Kind.REFUSED,
                        "The plan does not ask whether the site " + Quote.of(site) + " is lost; it asks of "
                                + Quote.all(sites()) + ".");
            }
        }
        if (asks()) {
            return;
        }
        if (!approved()) {
            throw new Halt(
                    Halt.Kind.REFUSED,
                    options.yes
                            ? "`--yes` does not approve what cannot be undone, and the plan has "
                                    + irreversible().size()
                                    + (irreversible().size() == 1 ? " such step, " : " such steps, the first ")
                                    + Quote.of(irreversible().get(0).id()) + ": give `--approve " + shortId()
                                    + "` when you have read it."
                            : "Nobody approved the plan: read it with `stretchc show`, and give `--approve " + shortId()
                                    + "`" + (irreversible().isEmpty() ? ", or `--yes`." : "."));
        }
        for (SiteName site : sites()) {
            if (!attested(site)) {
                throw new Halt(Halt.Kind.REFUSED, unattested(site));
            }
        }
        if (copies() && !options.noCopies && !options.copiesMade && !driver.copies()) {
            throw new Halt(
                    Halt.Kind.REFUSED,
                    "Before anything is forced the stores of survivors should be copied, and nothing here can do that:"
                            + " copy them and give `--copies-made`, or do without and give `--no-copy-stores`.");
        }
    }

    private static String unattested(SiteName site) {
        return "Nobody says that the site " + Quote.of(site)
                + " is gone, and from here a partition looks the same: give `--attest-lost " + Quote.plain(site.text())
                + " --reason \"...\"`.";
    }

    /** What is agreed to; asks a person at a terminal for what is missing. */
    Consent consent(Driver driver) throws Halt {
        String how = progress.approved().isPresent()
                ? progress.approved().get().how()
                : options.approve != null ? "id" : options.yes && irreversible().isEmpty() ? "yes" : "terminal";
        if (how.equals("terminal") && progress.approved().isEmpty()) {
            console.err()
                    .println("The plan " + id + " has " + plan.steps().size() + " steps, of which "
                            + irreversible().size() + " cannot be undone"
                            + (irreversible().isEmpty() ? "." : ":"));
            irreversible().stream().limit(20).forEach(s -> console.err().println("  " + s.id()));
            ask("Type the first " + TYPED + " digits of its id to approve it: ", shortId());
        }
        var attested = new TreeMap<SiteName, String>();
        for (SiteName site : sites()) {
            if (progress.attested(site).isPresent()) {
                attested.put(site, progress.attested(site).get().reason());
            } else if (options.attested().contains(site)) {
                attested.put(site, String.valueOf(options.reason));
            } else {
                ask(
                        "From here a site that is cut off looks like one that is dead. If the servers of "
                                + Quote.of(site)
                                + " do not run and will not start by themselves, type the name of the site: ",
                        site.text());
                attested.put(site, "said at a terminal");
            }
        }
        Consent.Copies copies = Consent.Copies.MADE;
        if (options.noCopies) {
            copies = Consent.Copies.DECLINED;
        } else if (copies() && !options.copiesMade && !driver.copies()) {
            ask("Copy the stores of the servers that the step `copy-stores` names, then type `copied`: ", "copied");
        }
        return new Consent(how, by, attested, copies);
    }

    private void ask(String question, String wanted) throws Halt {
        console.err().print(question);
        console.err().flush();
        if (!line().equals(wanted)) {
            throw new Halt(Halt.Kind.REFUSED, "That is not " + Quote.of(wanted) + ". Nothing was done.");
        }
    }

    private String line() {
        var bytes = new java.io.ByteArrayOutputStream();
        try {
            for (int b = console.in().read();
                    b >= 0 && b != '\n' && bytes.size() < 256;
                    b = console.in().read()) {
                bytes.write(b);
            }
        } catch (IOException e) {
            return "";
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }

    /** Whether a person can be asked. */
    private boolean asks() {
        return console.terminal().out() && console.terminal().err() && !options.file.equals("-");
    }

    private boolean approved() {
        return progress.approved().isPresent()
                || options.approve != null
                || (options.yes && irreversible().isEmpty());
    }

    private boolean attested(SiteName site) {
        return progress.attested(site).isPresent() || options.attested().contains(site);
    }

    private boolean matches(String given) {
        String digits = given.startsWith("sha256:") ? given.substring("sha256:".length()) : given;
        return digits.length() >= SHORTEST_ID
                && id.substring("sha256:".length()).startsWith(digits);
    }

    private String shortId() {
        return id.substring("sha256:".length(), "sha256:".length() + TYPED);
    }

    private List<Step> irreversible() {
        return plan.steps().stream().filter(s -> s.risk() == Risk.IRREVERSIBLE).toList();
    }

    private List<SiteName> sites() {
        return plan.steps().stream()
                .filter(s -> s.action() instanceof Action.AttestLost)
                .map(s -> ((Action.AttestLost) s.action()).site())
                .distinct()
                .toList();
    }

    private boolean copies() {
        return plan.steps().stream().anyMatch(s -> s.action() instanceof Action.CopyStores);
    }
}
