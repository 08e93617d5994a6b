package io.stretchc.resolve;

/** An address to connect to. IPv6 addresses are shown in brackets. */
public record HostPort(String host, int port) {
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
