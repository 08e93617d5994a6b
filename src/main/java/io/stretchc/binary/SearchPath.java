package io.stretchc.binary;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code PATH} of the given environment, which need not be the one that this process was started with. */
final class SearchPath {
    private final List<Path> directories;

    SearchPath(Map<String, String> environment) {
        directories = split(environment.getOrDefault("PATH", "")).stream()
                .filter(Path::isAbsolute)
                .toList();
    }

    /** The parts of a list such as {@code PATH}; empty ones, and ones that are no path at all, are left out. */
    static List<Path> split(String list) {
        var paths = new ArrayList<Path>();
        for (String part : list.split(File.pathSeparator, -1)) {
            try {
                if (!part.isEmpty()) {
                    paths.add(Path.of(part));
                }
            } catch (InvalidPathException e) {
                // holds a character that no file name can: nothing is there
            }
        }
        return paths;
    }

    /** Every executable file of this name. */
    List<Path> all(String program) {
        return directories.stream()
                .map(d -> d.resolve(program))
                .filter(f -> Files.isRegularFile(f) && Files.isExecutable(f))
                .distinct()
                .toList();
    }

    /** What a shell would run. */
    Optional<Path> first(String program) {
        return all(program).stream().findFirst();
    }

    /** What a shell would run, for a source that cannot do without. */
    String need(String program) throws SourceFault {
        return first(program)
                .orElseThrow(() -> new SourceFault("there is no `" + program + "` on PATH"))
                .toString();
    }
}
