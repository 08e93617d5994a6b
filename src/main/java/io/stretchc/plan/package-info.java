/** Recovery plans: what is to be done to a cluster, in which order, and why. Values in, values out. */
@NullMarked
package io.stretchc.plan;

import org.jspecify.annotations.NullMarked;
