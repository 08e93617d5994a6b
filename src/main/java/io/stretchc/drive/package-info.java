/** How servers are started, stopped and copied: in a lab, as local processes, by commands, or by a person. */
@org.jspecify.annotations.NullMarked
package io.stretchc.drive;
