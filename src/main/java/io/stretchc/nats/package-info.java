/** The only package that talks NATS: logins, connections, and the ports of other packages over them. */
@org.jspecify.annotations.NullMarked
package io.stretchc.nats;
