package io.stretchc.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of an object in a file, each with its type; whatever is missing or of another type is a misfit. */
final class Fields {
    private final JsonNode node;
    private final @Nullable Fields within;
    private final String key;
    private final int index;

    Fields(JsonNode node, String key) {
        this(node, null, key, -1);
    }

    /**
     * Fields of one object of a list.
     *
     * @param key of the list
     * @param index in it, from 0
     */
    Fields(JsonNode node, String key, int index) {
        this(node, null, key, index);
    }

    private Fields(JsonNode node, @Nullable Fields within, String key, int index) {
        this.node = node;
        this.within = within;
        this.key = key;
        this.index = index;
    }

    Misfit misfit(String key, String wanted) {
        return new Misfit("`" + place() + "/" + key + "` must be " + wanted);
    }

    /** Put together only when there is something to say of it. */
    private String place() {
        return (within == null ? "" : within.place() + "/") + key + (index < 0 ? "" : "/" + index);
    }

    boolean has(String key) {
        return node.has(key);
    }

    String text(String key) throws Misfit {
        JsonNode value = node.path(key);
        if (!value.isTextual()) {
            throw misfit(key, "a text");
        }
        return value.textValue();
    }

    @Nullable
    String optional(String key) throws Misfit {
        return node.has(key) ? text(key) : null;
    }

    long number(String key) throws Misfit {
        JsonNode value = node.path(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw misfit(key, "a whole number");
        }
        return value.longValue();
    }

    int integer(String key) throws Misfit {
        long value = number(key);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw misfit(key, "a count");
        }
        return (int) value;
    }

    boolean truth(String key) throws Misfit {
        JsonNode value = node.path(key);
        if (!value.isBoolean()) {
            throw misfit(key, "true or false");
        }
        return value.booleanValue();
    }

    List<String> texts(String key) throws Misfit {
        var texts = new ArrayList<String>();
        for (JsonNode value : array(key)) {
            if (!value.isTextual()) {
                throw misfit(key, "a list of texts");
            }
            texts.add(value.textValue());
        }
        return texts;
    }

    List<Fields> list(String key) throws Misfit {
        var list = new ArrayList<Fields>();
        for (JsonNode value : array(key)) {
            list.add(new Fields(value, this, key, list.size()));
        }
        return list;
    }

    Fields object(String key) throws Misfit {
        JsonNode value = node.path(key);
        if (!value.isObject()) {
            throw misfit(key, "an object");
        }
        return new Fields(value, this, key, -1);
    }

    /** An object as one text, as it stands. */
    String json(String key) throws Misfit {
        JsonNode value = node.path(key);
        if (!value.isObject()) {
            throw misfit(key, "an object");
        }
        return value.toString();
    }

    private JsonNode array(String key) throws Misfit {
        JsonNode value = node.path(key);
        if (!value.isArray()) {
            throw misfit(key, "a list");
        }
        return value;
    }
}
