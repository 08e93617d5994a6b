package io.stretchc.codec;

import io.stretchc.snapshot.ServerState.JetStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How files spell the values of enums. */
final class Words {
    private Words() {}

    static String of(JetStream state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static Optional<JetStream> jetstream(String word) {
        return Arrays.stream(JetStream.values()).filter(s -> of(s).equals(word)).findFirst();
    }
}
