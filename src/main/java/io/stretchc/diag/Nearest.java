package io.stretchc.diag;

import java.util.Collection;
import java.util.Optional;

/** Finds the known name that a mistyped one most likely means. */
public final class Nearest {
    private static final int SHORTEST = 4;

    private Nearest() {}

    /**
     * The closest of the known names, if it is close enough to be a slip: at most a third of the letters differ, or one
     * is cut short in the other ({@code store_directory}).
     */
    public static Optional<String> to(String typed, Collection<String> known) {
        if (typed.length() > 64) {
            return Optional.empty();
        }
        String best = null;
        int least = Math.max(1, typed.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(fold(typed), fold(candidate));
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best != null
                ? Optional.of(best)
                : known.stream().filter(k -> cut(fold(typed), fold(k))).findFirst();
    }

    private static boolean cut(String a, String b) {
        return Math.min(a.length(), b.length()) >= SHORTEST && (a.startsWith(b) || b.startsWith(a));
    }

    private static String fold(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Optimal string alignment distance: insert, delete, replace, or swap of neighbours count one each. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
