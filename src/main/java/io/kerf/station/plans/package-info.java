/**
 * Models compiled for this device, where it can run TensorRT plans: {@link io.kerf.station.plans.PlanKeeper} sees to it that there is a plan for each model in
 * use, {@link io.kerf.station.plans.PlanChoice} opens it. The station judges with ONNX Runtime whenever there is none.
 */
package io.kerf.station.plans;
