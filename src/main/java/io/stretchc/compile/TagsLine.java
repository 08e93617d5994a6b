package io.stretchc.compile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The one line of a compiled configuration that says the tags of its server. */
public final class TagsLine {
    private static final Pattern LINE = Pattern.compile("(?m)^server_tags: \\[.*\\]$");
    private static final Pattern NAME = Pattern.compile("(?m)^server_name: .*$");

    private TagsLine() {}

    /** The configuration with other tags and otherwise the same; none when it is not one that was compiled. */
    public static Optional<String> changed(String configuration, List<String> tags) {
        String line = "server_tags: " + tags.stream().map(ConfText::quoted).collect(Collectors.joining(", ", "[", "]"));
        Matcher old = LINE.matcher(configuration);
        if (old.find()) {
            return Optional.of(configuration.substring(0, old.start()) + line + configuration.substring(old.end()));
        }
        Matcher name = NAME.matcher(configuration);
        return name.find()
                ? Optional.of(
                        configuration.substring(0, name.end()) + "\n" + line + configuration.substring(name.end()))
                : Optional.empty();
    }
}
