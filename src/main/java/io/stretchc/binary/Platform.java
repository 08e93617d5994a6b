package io.stretchc.binary;

import java.util.Locale;

/** What the project's release archives call this kind of machine, such as {@code linux-amd64}. */
record Platform(String os, String arch) {
    static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    /** From the names that Java uses. */
    static Platform of(String javaOs, String javaArch) {
        String os = javaOs.toLowerCase(Locale.ROOT);
        String arch = javaArch.toLowerCase(Locale.ROOT);
        return new Platform(
                os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : os,
                switch (arch) {
                    case "x86_64", "x64" -> "amd64";
                    case "aarch64" -> "arm64";
                    case "x86", "i386", "i486", "i586", "i686" -> "386";
                    case "arm", "armv7l" -> "arm7";
                    default -> arch;
                });
    }

    /** The name of the executable on it. */
    String executable() {
        return os.equals("windows") ? "nats-server.exe" : "nats-server";
    }

    @Override
    public String toString() {
        return os + "-" + arch;
    }
}
