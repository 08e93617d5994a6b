package io.stretchc.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stretchc.journal.Entry;
import io.stretchc.plan.StepId;
import io.stretchc.topology.SiteName;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Journals as files, see {@code schema/journal.schema.json}: a line of JSON for each entry, numbered from 1, only ever
 * appended to. Each ends in {@code sum}, digits of the SHA-256 of the line before it and of its own beginning, so that a journal that somebody edited is told from one that
 * was written: it decides which steps are taken for done. A last line without its end was cut off by a crash, and counts for
 * nothing: what it would have announced was not done.
 */
public final class JournalCodec {
    /** Version of the format. */
    public static final int FORMAT = 1;

    private static final String SUM = ",\"sum\":\"";
    private static final int SUM_BYTES = 8;

    private final ObjectMapper json = new ObjectMapper();
    private final JsonFactory factory = json.getFactory();

    /** What came of reading a file. */
    public sealed interface Reading {
        /**
         * A journal.
         *
         * @param bytes of whole lines; what follows was cut off and must be written over
         * @param last the last whole line with its end; empty when there is none
         */
        record Good(List<Entry> entries, long bytes, String last) implements Reading {
            public Good {
                entries = List.copyOf(entries);
            }
        }

        /** Not one. The reason is a sentence. */
        record Bad(String reason) implements Reading {}
    }

    /**
     * The line of an entry, with its end.
     *
     * @param before the line before it; empty for the first
     */
    public String line(int number, String before, Entry entry) {
        var text = new StringWriter(160);
        try (JsonGenerator g = factory.createGenerator(text)) {
            g.writeStartObject();
            g.writeNumberField("n", number);
            g.writeStringField("at", entry.at().toString());
            entry.accept(new JournalLine(g));
            g.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written anywhere", e);
        }
        String begin = text.toString();
        begin = begin.substring(0, begin.length() - 1);
        return begin + SUM + sum(before, begin) + "\"}\n";
    }

    private static String sum(String before, String begin) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((before + begin).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, SUM_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether a line, without its end, has the sum that it was written with. */
    private static boolean intact(String before, String line) {
        int at = line.lastIndexOf(SUM);
        return at >= 0 && line.substring(at).equals(SUM + sum(before, line.substring(0, at)) + "\"}");
    }

    /** Reads a journal. */
    public Reading read(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, end))
                    .toString();
        } catch (CharacterCodingException e) {
            return new Reading.Bad("It is not UTF-8 text.");
        }
        var entries = new ArrayList<Entry>();
        int number = 0;
        String before = "";
        List<String> lines = text.isEmpty()
                ? List.of()
                : Arrays.asList(text.substring(0, text.length() - 1).split("\n", -1));
        for (String line : lines) {
            number++;
            try {
                var fields = new Fields(json.readTree(line), "");
                if (fields.integer("n") != number) {
                    throw new Misfit("its number is " + fields.integer("n"));
                }
                Entry entry = JournalLine.read(fields, at(fields));
                if ((number == 1) != (entry instanceof Entry.Opened)) {
                    throw new Misfit("a journal begins with `opened`, once");
                }
                if (!intact(before, line)) {
                    throw new Misfit("it, or the one before it, is not as it was written");
                }
                entries.add(entry);
                before = line + "\n";
            } catch (JsonProcessingException | Misfit e) {
                return new Reading.Bad("Line " + number + " is not one of a journal of `stretchc apply`: "
                        + (e instanceof Misfit ? e.getMessage() : "it is not JSON") + ".");
            }
        }
        return new Reading.Good(entries, end, before);
    }

    private static Instant at(Fields fields) throws Misfit {
        try {
            return Instant.parse(fields.text("at"));
        } catch (DateTimeException e) {
            throw fields.misfit("at", "a time such as 2026-01-31T12:00:00Z");
        }
    }

    /** Entries as the fields of one object each. */
    private static final class JournalLine implements Entry.Visitor<Boolean> {
        private final JsonGenerator g;

        JournalLine(JsonGenerator g) {
            this.g = g;
        }

        static Entry read(Fields f, Instant at) throws Misfit {
            return switch (f.text("event")) {
                case "opened" -> {
                    if (f.integer("format") != FORMAT) {
                        throw new Misfit(
                                "its format is " + f.integer("format") + ", and this stretchc reads " + FORMAT);
                    }
                    yield new Entry.Opened(
                            at,
                            f.text("plan"),
                            f.text("cluster"),
                            f.text("scenario"),
                            f.text("subject"),
                            f.integer("steps"));
                }
                case "run" -> new Entry.Run(at, f.text("run"), f.text("by"));
                case "approved" -> new Entry.Approved(at, f.text("how"), f.text("by"));
                case "attested" -> new Entry.Attested(at, new SiteName(f.text("site")), f.text("reason"), f.text("by"));
                case "begin" -> new Entry.Begun(at, step(f));
                case "call" -> new Entry.Called(at, step(f), f.text("detail"));
                case "reply" -> new Entry.Replied(at, step(f), f.text("detail"));
                case "send" -> new Entry.Sending(at, step(f));
                case "done" -> new Entry.Done(at, step(f), f.number("ms"), how(f));
                case "note" -> new Entry.Noted(at, f.has("step") ? step(f) : null, f.text("text"));
                case "stopped" ->
                    new Entry.Stopped(at, f.has("step") ? step(f) : null, f.text("reason"), f.integer("exit"));
                case "finished" -> new Entry.Finished(at, f.number("ms"), f.number("addedMs"), f.texts("broken"));
                default -> throw f.misfit("event", "one that stretchc knows");
            };
        }

        private static StepId step(Fields f) throws Misfit {
            return new StepId(f.text("step"));
        }

        private static Entry.How how(Fields f) throws Misfit {
            try {
                return Entry.How.valueOf(f.text("how").toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw f.misfit("how", "called, held, seen or declined");
            }
        }

        @Override
        public Boolean opened(Entry.Opened e) {
            return write("opened", () -> {
                g.writeNumberField("format", FORMAT);
                g.writeStringField("plan", e.plan());
                g.writeStringField("cluster", e.cluster());
                g.writeStringField("scenario", e.scenario());
                g.writeStringField("subject", e.subject());
                g.writeNumberField("steps", e.steps());
            });
        }

        @Override
        public Boolean run(Entry.Run e) {
            return write("run", () -> {
                g.writeStringField("run", e.run());
                g.writeStringField("by", e.by());
            });
        }

        @Override
        public Boolean approved(Entry.Approved e) {
            return write("approved", () -> {
                g.writeStringField("how", e.how());
                g.writeStringField("by", e.by());
            });
        }

        @Override
        public Boolean attested(Entry.Attested e) {
            return write("attested", () -> {
                g.writeStringField("site", e.site().text());
                g.writeStringField("reason", e.reason());
                g.writeStringField("by", e.by());
            });
        }

        @Override
        public Boolean begun(Entry.Begun e) {
            return write("begin", () -> g.writeStringField("step", e.step().text()));
        }

        @Override
        public Boolean called(Entry.Called e) {
            return write("call", () -> {
                g.writeStringField("step", e.step().text());
                g.writeStringField("detail", e.detail());
            });
        }

        @Override
        public Boolean replied(Entry.Replied e) {
            return write("reply", () -> {
                g.writeStringField("step", e.step().text());
                g.writeStringField("detail", e.detail());
            });
        }

        @Override
        public Boolean sending(Entry.Sending e) {
            return write("send", () -> g.writeStringField("step", e.step().text()));
        }

        @Override
        public Boolean done(Entry.Done e) {
            return write("done", () -> {
                g.writeStringField("step", e.step().text());
                g.writeNumberField("ms", e.millis());
                g.writeStringField("how", e.how().name().toLowerCase(Locale.ROOT));
            });
        }

        @Override
        public Boolean noted(Entry.Noted e) {
            return write("note", () -> {
                if (e.step() != null) {
                    g.writeStringField("step", e.step().text());
                }
                g.writeStringField("text", e.text());
            });
        }

        @Override
        public Boolean stopped(Entry.Stopped e) {
            return write("stopped", () -> {
                if (e.step() != null) {
                    g.writeStringField("step", e.step().text());
                }
                g.writeStringField("reason", e.reason());
                g.writeNumberField("exit", e.exit());
            });
        }

        @Override
        public Boolean finished(Entry.Finished e) {
            return write("finished", () -> {
                g.writeNumberField("ms", e.millis());
                g.writeNumberField("addedMs", e.addedMillis());
                g.writeArrayFieldStart("broken");
                for (String b : e.broken()) {
                    g.writeString(b);
                }
                g.writeEndArray();
            });
        }

        private interface Rest {
            void write() throws IOException;
        }

        private boolean write(String event, Rest rest) {
            try {
                g.writeStringField("event", event);
                rest.write();
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException("nothing is written anywhere", e);
            }
        }
    }
}
