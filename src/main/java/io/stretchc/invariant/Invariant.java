package io.stretchc.invariant;

/**
 * What must hold in a healthy cluster: {@code IV1..} servers and the meta group, {@code IV2..} streams and consumers,
 * {@code IV3..} compared with an earlier snapshot.
 */
public enum Invariant {
    IV101(
            "One meta leader, seen by all",
            "One server names itself leader of the meta group, and every other server names the same one. Followers of"
                    + " nats-server 2.10 to 2.14 name a dead leader for more than 20 s after its loss.",
            "After a loss wait half a minute and look again. With no leader, `stretchc status` counts the members that are"
                    + " left and says what brings the quorum back. With two leaders change nothing and look at the links"
                    + " between the sites."),
    IV102(
            "The meta group is the topology's",
            "The leader counts exactly the servers of the topology that take part in JetStream. A server that it does not"
                    + " count holds no streams and gives no vote, even while it runs; an arbiter that it still counts"
                    + " raises the quorum.",
            "`stretchc plan restore` brings a site that was given up back, `stretchc plan readmit` takes servers in again"
                    + " that run and are not counted, `stretchc plan return` withdraws arbiters, `stretchc plan purge`"
                    + " removes whom the topology does not have. A server left out at a cold start is taken in when it is"
                    + " restarted."),
    IV103(
            "Every member of the meta group is current",
            "Each member answers, and the leader calls it current. What does not answer is not counted as current, since"
                    + " after a SIGKILL leaders still call a server so for 20 s to 150 s.",
            "Start the servers that do not answer. One that stays behind while it runs: look at its log, its disk and its"
                    + " routes."),
    IV104(
            "The quorum is the natural one",
            "More than half of the members decide. While a META.RESCUE of nats-server 2.15 is active fewer do, and two"
                    + " halves of the cluster could each elect a leader.",
            "A rescue ends when the lost servers are removed, and by itself 5 minutes after the call. Let no lost server"
                    + " start before."),
    IV105(
            "No former member is left anywhere",
            "No group of the meta layer, of a stream or of a consumer counts on a server that the topology does not have,"
                    + " or that was removed from the meta group. Such a peer counts in the quorum and never answers.",
            "`stretchc plan purge` removes what is left of former members."),
    IV106(
            "Every server answers, once, and nobody else",
            "Each server of the topology answers over the system account, with JetStream on where the topology has it on;"
                    + " no reserve is up, no stranger, and no name answers twice.",
            "Start what is silent; `stretchc status` says which site or server that is. Stop what does not belong, or add"
                    + " it to the topology."),
    IV107(
            "The servers run the declared version",
            "All servers run the nats-server version that the topology declares. Which recovery works depends on it, and"
                    + " with several versions the oldest decides.",
            "Finish the upgrade, or declare the version that runs and let `stretchc validate` say what changes with it."),
    IV108(
            "The running configuration is the compiled one",
            "From nats-server 2.11 on a server tells the digest of the configuration that it runs. It is held against that"
                    + " of the files that the topology compiles to. Where those name variables or included files the"
                    + " digest depends on what only the server sees, and cannot be told.",
            "`stretchc compile --check` tells whether the files are those of the topology. Bring them to the servers and"
                    + " reload or restart these; `stretchc diff` says which of both a change needs."),
    IV109(
            "The servers run with the declared tags",
            "Tags decide where streams may live. What a server runs with is compared with the topology, on every version.",
            "Bring the compiled configuration to the server and reload it: tags take effect at once."),
    IV201(
            "Every declared stream is there",
            "Each declared stream has a copy on a server that answers, and the meta leader lists every stream that there"
                    + " are copies of, where there is a login to ask it.",
            "A stream whose copies were all lost comes back from a backup only: `stretchc restore-stream`. One that was"
                    + " never made: `nats stream add`."),
    IV202(
            "Streams have exactly their replicas",
            "Each stream has as many members as its configuration asks for. With fewer it survives less than it should;"
                    + " with more a move is under way, or stuck.",
            "Wait for a move to end. A stream that finds no server with its tags: `stretchc plan fallback`, or bring the"
                    + " servers with these tags back."),
    IV203(
            "All replicas are current",
            "Each replica of each stream answers, has all that is committed and nothing pending.",
            "Replicas catch up by themselves once their servers run. `stretchc status --watch` shows it."),
    IV204(
            "Every stream has one leader",
            "One server names itself leader of each stream. Without one it takes no messages and gives none.",
            "With enough replicas answering an election takes up to 20 s. With too few: start their servers, or"
                    + " `stretchc plan recover`."),
    IV205(
            "Streams are configured as declared",
            "Replicas, placement, subjects, storage and retention of declared streams are those of the topology. A"
                    + " recovery changes the placement, and this says so until it is undone.",
            "`stretchc plan home` brings placements back to what is declared, one change at a time, and `nats stream edit`"
                    + " the rest; or declare what is."),
    IV206(
            "Unique tags differ within a group",
            "No two replicas of a stream are on servers with the same unique tag, unless its placement names such a tag"
                    + " itself, which switches the rule off.",
            "nats-server keeps the rule when it places a stream, not when tags change later. Give each server its own"
                    + " value, then move the stream."),
    IV207(
            "Replicas are where their placement says",
            "Each server with a replica has all tags of the placement that is declared for the stream, or, for a stream"
                    + " that is not declared, of its own.",
            "A change of tags moves no stream. `stretchc plan home` moves it."),
    IV208(
            "Leaders are in their preferred site",
            "The meta leader is in a site with `preferred_leader`, and the leader of each declared stream in the"
                    + " `preferred_site` of its placement, where these are given.",
            "`stretchc plan home` moves leaders home. On nats-server 2.10 a leader cannot be chosen, only asked to"
                    + " step down until it fits."),
    IV209(
            "Replicas hold the same messages",
            "All current replicas of a stream have the same number of messages, the same first and the same last"
                    + " sequence. Copies are called different only if none of them moved between two looks. Contents are"
                    + " not compared.",
            "Save the stores of all replicas first. `stretchc backup` saves what the leader has; a follower that differs"
                    + " is made anew by removing it as a peer of the stream, one at a time."),
    IV210(
            "Consumers are whole",
            "Each durable consumer has a leader and all its replicas, and its ack floor lies neither beyond what was"
                    + " handed out nor beyond the end of the stream.",
            "A consumer follows its stream: mend that first. One whose floor lies beyond the end of its stream skips"
                    + " messages to come, as after a restore from an older copy: make it anew."),
    IV301(
            "Nothing that was there is gone",
            "Each stream and durable consumer of the earlier snapshot is still there.",
            "If nobody removed it, restore it from a backup: `stretchc restore-stream`."),
    IV302(
            "No stream went back",
            "No stream ends at a lower sequence than in the earlier snapshot, and none holds fewer messages from the same"
                    + " first sequence on, where neither its retention nor a limit can be the cause.",
            "Messages that were acknowledged are gone. Keep the stores of all servers that ever had a copy, and stop"
                    + " nothing before they are saved."),
    IV303(
            "No ack floor went back",
            "No durable consumer's ack floor is lower than in the earlier snapshot. A lower one hands out again what was"
                    + " done.",
            "If nobody reset the consumer, its group was made anew or restored: be ready for messages a second time.");

    private final String title;
    private final String meaning;
    private final String wayOut;

    Invariant(String title, String meaning, String wayOut) {
        this.title = title;
        this.meaning = meaning;
        this.wayOut = wayOut;
    }

    /** What must hold, in a few words. */
    public String title() {
        return title;
    }

    /** What exactly must hold, and why. */
    public String meaning() {
        return meaning;
    }

    /** What to do when it does not. */
    public String wayOut() {
        return wayOut;
    }

    /** Whether it compares with an earlier snapshot. */
    public boolean overTime() {
        return name().startsWith("IV3");
    }

    /** Whether it can be out of order for a moment in a healthy cluster, so that a second look is worth its time. */
    public boolean moving() {
        return switch (this) {
            case IV101, IV103, IV203, IV204, IV209, IV210, IV303 -> true;
            default -> false;
        };
    }
}
