package io.stretchc.diag;

import java.util.Locale;
import java.util.regex.Pattern;

/** Recognises text that must not be shown: seeds of nkeys, private keys, credentials in addresses. */
public final class Secrets {
    private static final Pattern SEED = Pattern.compile("S[UAOCNX][A-Z2-7]{56}");
    private static final int SEED_LENGTH = 58;
    private static final Pattern CREDENTIALS = Pattern.compile("://[^/@\\s:]*+:[^/@\\s]++@");
    private static final Pattern NAMED = Pattern.compile(
            "(.*_)?(password|passwd|pass|token|secret|seed|credential)s?|(prev_)?((encryption_)?key|ek)");

    private Secrets() {}

    /** Whether the text itself looks like a secret. */
    public static boolean looksSecret(String text) {
        return text.contains("-----BEGIN")
                || (text.length() >= SEED_LENGTH && SEED.matcher(text).find())
                || (text.contains("://") && CREDENTIALS.matcher(text).find());
    }

    /** Whether a key of this name usually holds a secret. */
    public static boolean namesSecret(String key) {
        return key.length() < 64 && NAMED.matcher(key.toLowerCase(Locale.ROOT)).matches();
    }
}
