/**
 * Labs: a topology as real nats-server processes on this machine, to learn, to rehearse and to measure. What runs is
 * found again by the command lines of the processes, never by a remembered process id, so that neither a crash of the
 * tool nor a reused id leads to the wrong process.
 */
@NullMarked
package io.stretchc.lab;

import org.jspecify.annotations.NullMarked;
