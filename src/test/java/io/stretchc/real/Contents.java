package io.stretchc.real;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamInfo;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All that a stream holds: every message with its sequence, subject, time, headers and data, and where its consumers are. */
record Contents(List<String> messages, List<String> consumers) {
    private static final int NO_MESSAGE = 10037;

    static Contents of(Client client, String stream) throws IOException, JetStreamApiException {
        var manage = client.connection().jetStreamManagement();
        StreamInfo info = manage.getStreamInfo(stream);
        var messages = new ArrayList<String>();
        messages.add("first " + info.getStreamState().getFirstSequence() + " last "
                + info.getStreamState().getLastSequence() + " count "
                + info.getStreamState().getMsgCount());
        for (long seq = info.getStreamState().getFirstSequence();
                seq <= info.getStreamState().getLastSequence();
                seq++) {
            try {
                messages.add(line(manage.getMessage(stream, seq)));
            } catch (JetStreamApiException e) {
                if (e.getApiErrorCode() != NO_MESSAGE) {
                    throw e;
                }
            }
        }
        return new Contents(messages, consumers(manage, stream));
    }

    /** Where each consumer is, in the order of their names. */
    static List<String> consumers(JetStreamManagement manage, String stream) throws IOException, JetStreamApiException {
        var consumers = new TreeSet<String>();
        for (ConsumerInfo c : manage.getConsumers(stream)) {
            consumers.add(c.getName() + " delivered "
                    + c.getDelivered().getConsumerSequence() + "/"
                    + c.getDelivered().getStreamSequence() + " floor "
                    + c.getAckFloor().getConsumerSequence() + "/"
                    + c.getAckFloor().getStreamSequence());
        }
        return List.copyOf(consumers);
    }

    private static String line(MessageInfo m) {
        return line(m.getSeq(), m.getSubject(), m.getTime(), m.getHeaders(), m.getData());
    }

    /** All of one message, its time to the nanosecond. */
    static String line(
            long sequence, String subject, ZonedDateTime time, @Nullable Headers headers, byte @Nullable [] data) {
        var sorted = new TreeMap<String, List<String>>();
        if (headers != null) {
            headers.forEach(sorted::put);
        }
        return sequence + " " + subject + " " + time.toInstant() + " " + sorted + " "
                + (data == null ? "" : Base64.getEncoder().encodeToString(data));
    }
}
