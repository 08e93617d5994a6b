package io.stretchc.cli;

import io.stretchc.lab.LabPlan;
import io.stretchc.nats.KeyFiles;
import java.security.SecureRandom;

/** Secrets of labs, fresh each time. */
final class LabKeys implements LabPlan.Secrets {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int LENGTH = 28; // of 52 letters: 159 bits

    private final SecureRandom random = new SecureRandom();

    @Override
    public String password() {
        // begins like no number, and ends like no unit: nats-server parses the value of a variable
        var text = new StringBuilder("x");
        random.ints(LENGTH, 0, ALPHABET.length()).forEach(i -> text.append(ALPHABET.charAt(i)));
        return text.toString();
    }

    @Override
    public LabPlan.Key key() {
        KeyFiles.Pair pair = KeyFiles.freshUser();
        return new LabPlan.Key(pair.seed(), pair.publicKey());
    }
}
