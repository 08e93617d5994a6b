/** Where nats-server binaries of a wanted version come from: what is on the machine, and what can be fetched. */
@org.jspecify.annotations.NullMarked
package io.stretchc.binary;
