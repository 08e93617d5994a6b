/** Resolved topology to configuration files; the only place that knows nats-server's grammar. */
@org.jspecify.annotations.NullMarked
package io.stretchc.compile;
