package io.stretchc.cli;

import io.stretchc.compile.ConfigDigest;
import io.stretchc.lab.LabServer;
import io.stretchc.lab.LabState;
import io.stretchc.lab.LabTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.util.SortedMap;
import java.util.TreeMap;

/** Digests of what a lab's servers were started with, by file: the topology's, moved onto this machine. */
final class LabDigests {
    private LabDigests() {}

    static SortedMap<String, String> of(LabState lab) {
        var digests = new TreeMap<String, String>();
        for (LabServer server : lab.servers()) {
            if (server.cluster().equals(lab.backbone().name())) {
                try {
                    String accounts = Files.readString(server.configuration()
                            .resolveSibling("../accounts.conf")
                            .normalize());
                    // the digest is of values, not of the variables that they come from
                    String filled = accounts.replace("$" + LabTopology.PASSWORD, "\"" + lab.password() + "\"");
                    ConfigDigest.of(Files.readString(server.configuration()), filled)
                            .ifPresent(d -> digests.put(server.role().directory() + "/" + server.name() + ".conf", d));
                } catch (IOException e) {
                    // then it is unknown, and said to be
                }
            }
        }
        return digests;
    }
}
