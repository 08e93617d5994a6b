package io.stretchc.binary;

import io.stretchc.topology.ServerVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The archive that the project publishes with each release, its bytes checked against the {@code SHA256SUMS} file of the
 * same release; an archive that the list does not name is not used.
 */
final class ReleaseSource implements BinarySource {
    private static final Duration SUMS_LIMIT = Duration.ofSeconds(15);
    private static final Duration ARCHIVE_LIMIT = Duration.ofMinutes(3);
    private static final long SUMS_MOST = 256 * 1024;
    private static final long ARCHIVE_MOST = 256L * 1024 * 1024;
    private final URI releases;
    private final Platform platform;
    private final Download download;

    /**
     * A source.
     *
     * @param releases the directory that holds a directory for each tag; ends with a slash
     */
    ReleaseSource(URI releases, Platform platform, Download download) {
        this.releases = releases;
        this.platform = platform;
        this.download = download;
    }

    @Override
    public SourceName name() {
        return SourceName.RELEASE;
    }

    @Override
    public Path get(ServerVersion version, Path work) throws SourceFault, IOException {
        URI release = releases.resolve("v" + version + "/");
        Path sums = work.resolve("sums");
        download.to(sums, release.resolve("SHA256SUMS"), SUMS_LIMIT, SUMS_MOST);
        Checksums checksums = Checksums.parse(Files.readString(sums, java.nio.charset.StandardCharsets.ISO_8859_1));

        String stem = "nats-server-v" + version + "-" + platform;
        String file = Stream.of(stem + ".tar.gz", stem + ".zip")
                .filter(f -> checksums.digest(f).isPresent())
                .findFirst()
                .orElseThrow(() -> new SourceFault("SHA256SUMS of the release names no archive for " + platform));
        Optional<String> wanted = checksums.digest(file);
        Path archive = work.resolve("archive");
        download.to(archive, release.resolve(file), ARCHIVE_LIMIT, ARCHIVE_MOST);
        Sha256.require(archive, wanted.orElseThrow(), "SHA256SUMS of the release");
        return unpack(archive, file, stem + "/" + platform.executable(), work.resolve(platform.executable()));
    }

    private static Path unpack(Path archive, String file, String entry, Path target) throws SourceFault {
        boolean there;
        try {
            there = file.endsWith(".zip")
                    ? Archive.fromZip(archive, entry, target)
                    : Archive.fromTarGz(archive, entry, target);
        } catch (IOException e) {
            throw new SourceFault(file + " cannot be unpacked: " + Reason.of(e));
        }
        if (!there) {
            throw new SourceFault(file + " holds no " + entry);
        }
        return target;
    }
}
