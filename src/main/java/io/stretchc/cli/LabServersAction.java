package io.stretchc.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** What the commands that change servers of a lab share: which servers. */
abstract class LabServersAction extends LabAction {
    @Parameters(
            arity = "1..*",
            paramLabel = "TARGET",
            description = "Servers or sites; of a site, what runs of its arbiters, stand-ins and replacements too,"
                    + " unless it is to be started or wiped.")
    private List<String> targets = new ArrayList<>();

    @Override
    final List<String> words() {
        return targets;
    }
}
