package io.stretchc.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** What an answer of the JetStream API says went wrong. */
public final class JetStreamError {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JetStreamError() {}

    /** The error, as {@code 400/10005 no suitable peers}; empty when there is none. */
    public static Optional<String> in(String answer) {
        try {
            JsonNode error = JSON.readTree(answer).path("error");
            return error.isObject()
                    ? Optional.of(error.path("code").asInt() + "/"
                            + error.path("err_code").asInt() + " "
                            + error.path("description").asText())
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of("the answer is no JSON");
        }
    }
}
