package io.stretchc.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;

/** JSON with a line for each entry of the outermost lists, so that two files can be compared line by line. */
final class LinePerEntry extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1L;

    private int depth;

    @Override
    public void writeStartObject(JsonGenerator g) throws IOException {
        super.writeStartObject(g);
        depth++;
    }

    @Override
    public void beforeObjectEntries(JsonGenerator g) throws IOException {
        line(g, 1);
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator g) throws IOException {
        super.writeObjectEntrySeparator(g);
        line(g, 1);
    }

    @Override
    public void writeEndObject(JsonGenerator g, int entries) throws IOException {
        line(g, 1);
        depth--;
        super.writeEndObject(g, entries);
    }

    @Override
    public void writeStartArray(JsonGenerator g) throws IOException {
        super.writeStartArray(g);
        depth++;
    }

    @Override
    public void beforeArrayValues(JsonGenerator g) throws IOException {
        line(g, 2);
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator g) throws IOException {
        super.writeArrayValueSeparator(g);
        line(g, 2);
    }

    @Override
    public void writeEndArray(JsonGenerator g, int values) throws IOException {
        if (values > 0) {
            line(g, 2);
        }
        depth--;
        super.writeEndArray(g, values);
    }

    private void line(JsonGenerator g, int where) throws IOException {
        if (depth == where) {
            g.writeRaw('\n');
        }
    }
}
