/** What the machine is: {@link io.kerf.device.Accelerator}. */
package io.kerf.device;
