/** Tests that boot real nats-server processes from compiled files and look at what they do. */
@org.jspecify.annotations.NullMarked
package io.stretchc.real;
