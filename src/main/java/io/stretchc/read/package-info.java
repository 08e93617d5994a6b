/** From the source tree to {@link io.stretchc.topology.Topology}, leniently: what the schema refused is left out. */
@org.jspecify.annotations.NullMarked
package io.stretchc.read;
