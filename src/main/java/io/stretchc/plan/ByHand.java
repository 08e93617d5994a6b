package io.stretchc.plan;

import java.util.List;

/**
 * A step as a person does it.
 *
 * @param commands command lines for a POSIX shell, every word of them quoted; none where a command cannot do it
 * @param expect what to see, or what to do where there is no command
 */
public record ByHand(List<String> commands, String expect) {
    public ByHand {
        commands = List.copyOf(commands);
    }
}
