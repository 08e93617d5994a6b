package io.stretchc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.stretchc.golden.GoldenFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A session at the command line. The comment of the archive holds one directive a line; the archive's files lie in an
 * empty directory, for which {@code $WORK} stands in arguments and outputs. After {@code exec} come directives about it:
 *
 * <pre>
 *   exec stretchc ARGS   run in this process; ends with 0 unless `exit` follows
 *   exit N               the exit code
 *   stdout F, stderr F   the whole output is that of the archive's file F; `-` for none at all
 *   stdin F              standard input of the next exec
 *   exists P, absent P   whether there is a file or directory
 *   cmp P F              the file P holds what the archive's file F says
 *   files P F            the files below P, sorted, are the lines of F
 *   save P, same P       remember all files below P with their contents and times; nothing of that has changed
 *   append P TEXT        add a line to a file
 *   replace P OLD NEW    replace the only occurrence of a text in a file
 *   bytes P HEX          write a file that is no text
 *   remove P, mkdir P    take a file away, make a directory
 *   id P                 $ID stands in arguments for the id of the plan P, without its `sha256:`
 *   seal P               make a journal of lines without sums, in which $ID stands for that id
 * </pre>
 */
final class Script {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern ID = Pattern.compile("(?m)^id: \"sha256:([0-9a-f]{64})\"$");

    private final Path path;
    private final Txtar archive;
    private final Path work;
    private final SortedMap<String, String> saved = new TreeMap<>();
    private final Map<String, String> rewritten = new LinkedHashMap<>();
    private byte[] input = new byte[0];
    private Invocation last = new Invocation(0, "", "");
    private boolean exitSeen = true;
    private String id = "";

    Script(Path path, Path work) throws IOException {
        this.path = path;
        this.archive = Txtar.parse(Files.readString(path));
        this.work = work;
    }

    void run() throws IOException {
        for (Map.Entry<String, String> file : archive.files().entrySet()) {
            Path target = work.resolve(file.getKey());
            Files.createDirectories(work.resolve(target).getParent());
            Files.writeString(target, file.getValue());
        }
        int number = 0;
        for (String line : archive.comment().lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    directive(words(line));
                } catch (AssertionError e) {
                    throw new AssertionError(
                            path + ":" + number + ": " + line + "\n" + e.getMessage() + "\n" + last, e);
                }
            }
        }
        succeeded();
        if (!rewritten.isEmpty()) {
            var files = new LinkedHashMap<>(archive.files());
            files.putAll(rewritten);
            Files.writeString(path, new Txtar(archive.comment(), files).render());
            fail("rewrote " + path + "; read the change, then run again without -Dgolden=write");
        }
    }

    private void directive(List<String> w) throws IOException {
        switch (w.get(0)) {
            case "exec" -> exec(w);
            case "exit" -> {
                exitSeen = true;
                assertThat(last.exit()).isEqualTo(Integer.parseInt(w.get(1)));
            }
            case "stdout" -> output(last.out(), w.get(1));
            case "stderr" -> output(last.err(), w.get(1));
            case "stdin" -> input = text(w.get(1)).getBytes(StandardCharsets.UTF_8);
            case "exists" -> assertThat(at(w)).exists();
            case "absent" -> assertThat(at(w)).doesNotExist();
            case "cmp" -> output(Files.readString(at(w)), w.get(2));
            case "files" -> output(String.join("", tree(at(w)).keySet()), w.get(2));
            case "save" -> saved.putAll(tree(at(w)));
            case "same" -> assertThat(tree(at(w))).isEqualTo(saved);
            case "append" -> Files.writeString(at(w), Files.readString(at(w)) + w.get(2) + "\n");
            case "replace" -> replace(at(w), w.get(2), w.get(3));
            case "bytes" -> Files.write(at(w), HexFormat.of().parseHex(w.get(2)));
            case "remove" -> Files.delete(at(w));
            case "id" -> id = id(at(w));
            case "seal" ->
                Files.writeString(at(w), sealed(Files.readString(at(w)).replace("$ID", id)));
            case "mkdir" -> Files.createDirectories(at(w));
            default -> fail("there is no directive " + w.get(0));
        }
    }

    private void exec(List<String> w) {
        succeeded();
        assertThat(w.get(1)).isEqualTo("stretchc");
        String[] args = w.stream().skip(2).map(this::expanded).toArray(String[]::new);
        last = Invocation.of(new ByteArrayInputStream(input), args);
        input = new byte[0];
        exitSeen = false;
    }

    /** A run that nothing was said about must have ended well. */
    private void succeeded() {
        if (!exitSeen) {
            assertThat(last.exit()).as("exit code of the last exec: %s", last).isZero();
        }
    }

    private void output(String actual, String file) {
        String text = actual.replace(work.toString(), "$WORK");
        if (file.equals("-")) {
            assertThat(text).isEmpty();
        } else if (!text.equals(text(file))) {
            if (GoldenFile.rewriting()) {
                rewritten.put(file, text);
            } else {
                assertThat(text).isEqualTo(text(file));
            }
        }
    }

    private static void replace(Path file, String old, String next) throws IOException {
        String text = Files.readString(file);
        assertThat(text.split(Pattern.quote(old), -1))
                .as("occurrences of `%s`", old)
                .hasSize(2);
        Files.writeString(file, text.replace(old, next));
    }

    private SortedMap<String, String> tree(Path directory) throws IOException {
        var tree = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String state =
                        Files.getLastModifiedTime(file) + " " + HexFormat.of().formatHex(Files.readAllBytes(file));
                tree.put(directory.relativize(file) + "\n", state);
            }
        }
        return tree;
    }

    private String text(String name) {
        String text = rewritten.getOrDefault(name, archive.files().get(name));
        return text == null && GoldenFile.rewriting() ? "" : java.util.Objects.requireNonNull(text, name);
    }

    private Path at(List<String> w) {
        return Path.of(expanded(w.get(1)));
    }

    private String expanded(String word) {
        return word.replace("$WORK", work.toString()).replace("$ID", id);
    }

    private static String sealed(String lines) {
        try {
            return Seal.of(lines);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String id(Path plan) throws IOException {
        Matcher m = ID.matcher(Files.readString(plan));
        assertThat(m.find()).isTrue();
        return m.group(1);
    }

    private static List<String> words(String line) {
        var words = new ArrayList<String>();
        Matcher m = WORD.matcher(line);
        while (m.find()) {
            words.add(m.group(1) == null ? m.group(2) : m.group(1));
        }
        return words;
    }
}
