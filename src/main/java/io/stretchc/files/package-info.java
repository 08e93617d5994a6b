/** The output directory on disk: written atomically, cleaned by manifest, compared by diff. */
@org.jspecify.annotations.NullMarked
package io.stretchc.files;
