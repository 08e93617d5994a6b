package io.stretchc.diag;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The best value that could be made of an input, none when nothing could, and what there is to say about it. */
public record Result<T>(@Nullable T value, List<Diagnostic> diagnostics) {
    public Result {
        diagnostics = List.copyOf(diagnostics);
    }

    /** Whether anything found makes the input unusable. */
    public boolean failed() {
        return value == null || diagnostics.stream().anyMatch(d -> d.severity() == Severity.ERROR);
    }
}
