/** Raft arithmetic, and which recovery technique works on which nats-server version. */
@org.jspecify.annotations.NullMarked
package io.stretchc.quorum;
