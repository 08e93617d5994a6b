package io.stretchc.vault;

import io.stretchc.backup.BackupManifest.Consumer;
import io.stretchc.codec.StreamAnswer;
import io.stretchc.diag.Quote;
import io.stretchc.observe.ClusterQuery;
import io.stretchc.observe.ClusterQuery.Reply;
import io.stretchc.observe.JetStreamError;
import io.stretchc.observe.QueryFault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What an account says of its streams. */
final class StreamLook {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    /** A list waits for those that do not answer, for 4 s (2.9.10 to 2.15.1). */
    private static final Duration LIST = Duration.ofSeconds(10);

    private static final int MOST_PAGES = 10_000;

    private final ClusterQuery account;

    StreamLook(ClusterQuery account) {
        this.account = account;
    }

    /**
     * A stream and its consumers.
     *
     * @param fingerprint of both: equal when nothing was stored, taken away, delivered or acknowledged in between
     */
    record Seen(StreamAnswer.Info info, List<Consumer> consumers, String fingerprint) {}

    /** Looks at a stream; nothing when its leader does not answer. */
    Optional<StreamAnswer.Info> info(String stream) throws QueryFault {
        Reply reply = account.ask("$JS.API.STREAM.INFO." + stream, "", ANSWER);
        return reply instanceof Reply.Answer a ? StreamAnswer.info(a.text()) : Optional.empty();
    }

    /** Looks at a stream and its consumers. */
    Seen seen(String stream) throws QueryFault, TransferFault {
        Optional<StreamAnswer.Info> info = info(stream);
        if (info.isEmpty()) {
            throw new TransferFault(true, "its leader does not answer");
        }
        List<Consumer> consumers = consumers(stream);
        MessageDigest digest = FileHash.begin();
        digest.update(info.get().text().getBytes(StandardCharsets.UTF_8));
        for (Consumer c : consumers) {
            String line = c.name() + "\n" + c.delivered() + "\n" + c.ackFloor() + "\n" + c.config() + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return new Seen(info.get(), consumers, "sha256:" + FileHash.text(digest));
    }

    /** Its consumers that answer. */
    List<Consumer> consumers(String stream) throws QueryFault, TransferFault {
        var all = new ArrayList<Consumer>();
        for (int page = 0; page < MOST_PAGES; page++) {
            Reply reply = account.ask("$JS.API.CONSUMER.LIST." + stream, "{\"offset\":" + all.size() + "}", ANSWER);
            Optional<StreamAnswer.Page<Consumer>> list =
                    reply instanceof Reply.Answer a ? StreamAnswer.consumers(a.text()) : Optional.empty();
            if (list.isEmpty()) {
                throw new TransferFault(true, "its consumers cannot be listed");
            }
            all.addAll(list.get().items());
            if (list.get().items().isEmpty() || all.size() >= list.get().total()) {
                break;
            }
        }
        all.sort(Comparator.comparing(Consumer::name));
        return all;
    }

    /** Names of the account's streams, also of those without a leader. */
    SortedSet<String> names() throws QueryFault {
        var names = new TreeSet<String>();
        for (int page = 0; page < MOST_PAGES; page++) {
            Reply reply = account.ask("$JS.API.STREAM.NAMES", "{\"offset\":" + names.size() + "}", ANSWER);
            String text = reply instanceof Reply.Answer a ? a.text() : "";
            Optional<StreamAnswer.Page<String>> list = StreamAnswer.names(text);
            if (list.isEmpty()) {
                throw new QueryFault(
                        QueryFault.Reason.LOST,
                        "The streams of the account cannot be listed: "
                                + JetStreamError.in(text)
                                        .map(Quote::sentence)
                                        .orElse("no answer, as without a meta leader")
                                + ".");
            }
            names.addAll(list.get().items());
            if (list.get().items().isEmpty() || names.size() >= list.get().total()) {
                break;
            }
        }
        return names;
    }

    /** Streams of the account that are led, and what each takes from; as far as they are listed. */
    List<StreamAnswer.Taker> takers() throws QueryFault {
        var all = new ArrayList<StreamAnswer.Taker>();
        for (int page = 0; page < MOST_PAGES; page++) {
            Reply reply = account.ask("$JS.API.STREAM.LIST", "{\"offset\":" + all.size() + "}", LIST);
            Optional<StreamAnswer.Page<StreamAnswer.Taker>> list =
                    reply instanceof Reply.Answer a ? StreamAnswer.takers(a.text()) : Optional.empty();
            if (list.isEmpty()) {
                break;
            }
            all.addAll(list.get().items());
            if (list.get().items().isEmpty() || all.size() >= list.get().total()) {
                break;
            }
        }
        return all;
    }
}
