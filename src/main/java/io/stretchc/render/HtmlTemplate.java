package io.stretchc.render;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.objects.SafeString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * A page of one file: it refers to nothing outside, runs no script, and its policy allows its one style sheet only, by
 * its hash. Every value is escaped, and none is ever read as a template.
 */
public final class HtmlTemplate {
    private final Jinjava jinjava = new Jinjava(JinjavaConfig.newBuilder()
            .withFailOnUnknownTokens(true)
            .withTrimBlocks(true)
            .withLstripBlocks(true)
            .withNestedInterpretationEnabled(false)
            .withMaxOutputSize(0)
            .build());
    private final String page;
    private final String style;

    /**
     * Takes the texts of the page.
     *
     * @param page the template; it puts {@code style} into its only style element, and {@code policy} into its head
     * @param style the style sheet
     */
    public HtmlTemplate(String page, String style) {
        this.page = page;
        this.style = "\n" + style;
    }

    String render(Map<String, Object> values) {
        var all = new TreeMap<String, Object>(values);
        all.put("style", new SafeString(style));
        all.put("policy", "default-src 'none'; style-src 'sha256-" + hash() + "'; base-uri 'none'; form-action 'none'");
        var context = new Context(jinjava.getGlobalContextCopy(), all, null);
        context.setAutoEscape(true);
        var interpreter = new JinjavaInterpreter(jinjava, context, jinjava.getGlobalConfig());
        try (var current = JinjavaInterpreter.closeablePushCurrent(interpreter).get()) {
            String text = current.value().render(page);
            if (!interpreter.getErrors().isEmpty()) {
                throw new IllegalStateException(
                        "a page failed: " + interpreter.getErrors().get(0).getMessage());
            }
            return text;
        }
    }

    private String hash() {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
