package io.stretchc.check;

import io.stretchc.resolve.ServerModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which servers run on one machine, as far as a topology tells: they have the same host, or one listens on an address
 * that is the host or the listen address of the other. All names of the loopback interface are one machine.
 */
final class Machines {
    static final String LOOPBACK = "loopback";

    private static final List<String> ANY = List.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    private Machines() {}

    /** Names of the machine of a server. */
    static List<String> of(ServerModel server) {
        var names = new ArrayList<String>();
        names.add(machine(server.host()));
        String listen = machine(server.listen());
        // A server that listens on loopback only says nothing about which machine that is: its host does.
        boolean telling = !ANY.contains(listen) && !listen.equals(LOOPBACK) && !names.contains(listen);
        if (telling) {
            names.add(listen);
        }
        return names;
    }

    /** Whether two servers of one machine would bind the same port: on one address, or one of them on all. */
    static boolean sameSocket(ServerModel a, ServerModel b) {
        String one = address(a.listen());
        String other = address(b.listen());
        return one.equals(other) || ANY.contains(one) || ANY.contains(other);
    }

    private static String machine(String name) {
        String address = address(name);
        return address.startsWith("127.") || address.equals("::1") ? LOOPBACK : address;
    }

    private static String address(String name) {
        String text = name.toLowerCase(Locale.ROOT);
        String plain = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return plain.equals("localhost") ? "127.0.0.1" : plain;
    }
}
