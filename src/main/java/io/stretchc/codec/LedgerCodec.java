package io.stretchc.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stretchc.drill.ClientView;
import io.stretchc.ledger.Book;
import io.stretchc.ledger.Entry;
import io.stretchc.ledger.Header;
import io.stretchc.ledger.Kind;
import io.stretchc.ledger.LedgerFault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Ledgers as files: a line of JSON for each entry, the header first, only ever appended to. A last line that was cut off,
 * as by a crash, is left out and said; any other line that does not fit is a fault, with its number.
 */
public final class LedgerCodec {
    /** Version of the format. */
    public static final int FORMAT = 1;

    private static final int LONGEST_LINE = 4_000_000;

    private final ObjectMapper json = new ObjectMapper();
    private final JsonFactory factory = json.getFactory();

    /** The first line, without its end. */
    public String line(Header header) {
        return text(g -> {
            g.writeStringField("entry", "header");
            g.writeNumberField("format", FORMAT);
            g.writeStringField("run", header.run());
            g.writeStringField("started", header.started().toString());
            g.writeStringField("account", header.account());
            if (!header.cluster().isEmpty()) {
                g.writeStringField("cluster", header.cluster());
            }
            g.writeArrayFieldStart("streams");
            for (Header.Stream s : header.streams()) {
                g.writeStartObject();
                g.writeStringField("name", s.name());
                g.writeStringField("kind", s.kind().name().toLowerCase(Locale.ROOT));
                g.writeNumberField("replicas", s.replicas());
                g.writeNumberField("keys", s.keys());
                if (s.consumer() != null) {
                    g.writeStringField("consumer", s.consumer());
                }
                g.writeBooleanField("limited", s.limited());
                g.writeEndObject();
            }
            g.writeEndArray();
            g.writeArrayFieldStart("writers");
            for (Header.Writer w : header.writers()) {
                g.writeStartObject();
                g.writeStringField("id", w.id());
                g.writeStringField("site", w.site());
                g.writeStringField("stream", w.stream());
                g.writeEndObject();
            }
            g.writeEndArray();
        });
    }

    /** The line of an entry, without its end. */
    public String line(Entry entry) {
        return text(g -> entry.accept(new LedgerLine(g)));
    }

    /** Reads a ledger into a book; never keeps its lines. */
    public Book read(InputStream in) throws LedgerFault, IOException {
        var lines = new Lines(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16));
        String first = lines.next();
        if (first == null) {
            throw new LedgerFault("It is empty.");
        }
        Book book = null;
        String line = first;
        int number = 1;
        while (line != null) {
            try {
                var fields = new Fields(json.readTree(line), "");
                if (book == null) {
                    book = new Book(header(fields));
                } else {
                    book.add(LedgerLine.read(fields));
                }
            } catch (JsonProcessingException | Misfit e) {
                if (book == null || !lines.cutOff()) {
                    String why = e instanceof Misfit ? e.getMessage() : "it is not JSON";
                    throw new LedgerFault(
                            "Line " + number + " is not one of a ledger of `stretchc lab load`: " + why + ".");
                }
                book.tear();
            } catch (LedgerFault e) {
                throw new LedgerFault("Line " + number + " contradicts the lines before it: " + e.getMessage()
                        + ". A ledger must not be edited.");
            }
            line = lines.next();
            number++;
        }
        if (book == null) {
            throw new LedgerFault("It has no header.");
        }
        return book;
    }

    /** Reads a ledger line by line; one that does not fit, as the last one of a ledger that still grows, is left out. */
    public ClientView view(InputStream in) throws LedgerFault, IOException {
        var lines = new Lines(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16));
        ClientView view = null;
        for (String line = lines.next(); line != null; line = lines.next()) {
            try {
                var fields = new Fields(json.readTree(line), "");
                if (view == null) {
                    view = new ClientView(header(fields));
                } else {
                    view.add(LedgerLine.read(fields));
                }
            } catch (JsonProcessingException | Misfit e) {
                if (view == null) {
                    throw new LedgerFault("It does not begin with the header of a ledger.");
                }
            }
        }
        if (view == null) {
            throw new LedgerFault("It is empty.");
        }
        return view;
    }

    private static Header header(Fields fields) throws Misfit {
        if (!fields.has("entry") || !fields.text("entry").equals("header")) {
            throw new Misfit("a ledger begins with its header");
        }
        if (fields.integer("format") != FORMAT) {
            throw new Misfit("its format is " + fields.integer("format") + ", and this stretchc reads " + FORMAT);
        }
        var streams = new ArrayList<Header.Stream>();
        for (Fields s : fields.list("streams")) {
            streams.add(new Header.Stream(
                    s.text("name"),
                    kind(s),
                    s.integer("replicas"),
                    Math.min(s.integer("keys"), 1 << 16),
                    s.optional("consumer"),
                    s.truth("limited")));
        }
        var writers = new ArrayList<Header.Writer>();
        for (Fields w : fields.list("writers")) {
            writers.add(new Header.Writer(w.text("id"), w.text("site"), w.text("stream")));
        }
        String cluster = fields.optional("cluster");
        return new Header(
                fields.text("run"),
                instant(fields),
                fields.text("account"),
                cluster == null ? "" : cluster,
                streams,
                writers);
    }

    private static Kind kind(Fields fields) throws Misfit {
        try {
            return Kind.valueOf(fields.text("kind").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw fields.misfit("kind", "log, latest or queue");
        }
    }

    private static Instant instant(Fields fields) throws Misfit {
        try {
            return Instant.parse(fields.text("started"));
        } catch (DateTimeException e) {
            throw fields.misfit("started", "a time such as 2026-01-31T12:00:00Z");
        }
    }

    private interface Body {
        void write(JsonGenerator g) throws IOException;
    }

    private String text(Body body) {
        var text = new StringWriter(96);
        try (JsonGenerator g = factory.createGenerator(text)) {
            g.writeStartObject();
            body.write(g);
            g.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written anywhere", e);
        }
        return text.toString();
    }

    /** Lines that know whether the last one was ended. */
    private static final class Lines {
        private final Reader in;
        private boolean cutOff;

        Lines(Reader in) {
            this.in = in;
        }

        /** Whether the last line that was given had no end. */
        boolean cutOff() {
            return cutOff;
        }

        @Nullable
        String next() throws IOException, LedgerFault {
            var line = new StringBuilder(96);
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n') {
                    return line.toString();
                }
                if (line.length() == LONGEST_LINE) {
                    throw new LedgerFault("A line is longer than any of a ledger; this is another kind of file.");
                }
                line.append((char) c);
            }
            cutOff = true;
            return line.isEmpty() ? null : line.toString();
        }
    }
}
