/** Looks at a live cluster: asks every server, believes each about itself only, and puts a snapshot together. */
@org.jspecify.annotations.NullMarked
package io.stretchc.observe;
