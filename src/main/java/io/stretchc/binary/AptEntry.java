package io.stretchc.binary;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * One package source of apt.
 *
 * @param uris where it is; mirrors of the same archive
 * @param signedBy as written: key ring files, or a whole key over several lines; empty when apt's trusted keys decide
 */
record AptEntry(List<String> uris, List<String> suites, List<String> components, String signedBy) {
    AptEntry {
        uris = List.copyOf(uris);
        suites = List.copyOf(suites);
        components = List.copyOf(components);
    }

    /**
     * How surely this is Debian's own archive and not that of another vendor: the key ring tells best, then the path;
     * nothing else does, since mirrors have any host name. 0 when it is not.
     */
    int likeness() {
        boolean packages = uris.stream().anyMatch(u -> !u.startsWith("cdrom:"))
                && components.contains("main")
                && suites.stream().anyMatch(s -> !s.contains("-security") && !s.contains("/"));
        if (!packages) {
            return 0;
        }
        if (signedBy.contains("debian-archive")) {
            return 3;
        }
        String path = path(uris.get(0));
        return path.matches(".*/debian/*") ? 2 : path.contains("debian") && !path.contains("security") ? 1 : 0;
    }

    private static String path(String uri) {
        try {
            String path = URI.create(uri).getPath();
            return path == null ? "" : path.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
