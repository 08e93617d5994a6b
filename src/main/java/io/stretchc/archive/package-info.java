/** Archives of streams as nats-server makes them, read to their end. */
@org.jspecify.annotations.NullMarked
package io.stretchc.archive;
