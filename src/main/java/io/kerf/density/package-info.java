/**
 * From embeddings of good parts to a score, a heat map, a p-value and a threshold.
 *
 * <p>{@link io.kerf.density.DensityEstimator} fits a {@link io.kerf.density.Density}; its score says how odd an embedding is, its gradient
 * weighs the encoder's last feature map into an {@link io.kerf.density.ActivationMap}, which
 * {@link io.kerf.density.GaussianUpsampling} brings to pixels. {@link io.kerf.density.LocalDensityEstimator} fits a
 * {@link io.kerf.density.LocalDensity} to whole feature maps, which says how odd each place is. Both cross-fit: for each fold of good parts
 * there is a density that has nothing of them. {@link io.kerf.density.Fusion} makes one score of several, each put on one scale by
 * {@link io.kerf.density.ScoreScale}; {@link io.kerf.density.SurpriseScale} does so for the places of a map. {@link io.kerf.density.HeldOutSplit} keeps good parts apart that nothing learns from, and
 * {@link io.kerf.density.Calibration} turns their scores and the false-reject budget into p-values and a threshold.
 *
 * <h2>The mathematics on half a page</h2>
 *
 * <p>f is the pooled feature, z = f or f/‖f‖. Good parts have mean µ and the Ledoit–Wolf covariance Σ = (1−a)S + a·m·I, with eigenvectors
 * E and eigenvalues Λ where the n normals spread and the one eigenvalue ρ = a·m everywhere else. In whitened coordinates
 * y = Λ^(−½)Eᵀ(z−µ), with the residual r = (z−µ) − EEᵀ(z−µ), the squared Mahalanobis distance is ‖y‖² + ‖r‖²/ρ.
 *
 * <pre>
 * Gaussian   s = ‖y‖² + ‖r‖²/ρ
 * kernel     s = −log (1/n)Σᵢ exp(−‖x−xᵢ‖²/2h²) + ½(Σ_{j&gt;d} yⱼ² + ‖r‖²/ρ)     x = y₁…y_d
 * </pre>
 *
 * <p>They are one family: h → 0 ranks x by its nearest normal, h → ∞ by its Mahalanobis distance; h is chosen by leave-one-out
 * likelihood. Kernels beyond a few dozen dimensions see all distances alike, so they are kept to the d leading ones; the rest is a
 * Gaussian and never dropped, because a defect shows first where good parts do not vary. Slopes are closed: ∂s/∂z = 2Σ⁻¹(z−µ), or for
 * the kernels the pull towards the softmax-weighted mean of the normals; (I − f̂f̂ᵀ)/‖f‖ takes them through the normalisation. As f is
 * the mean of the last feature map A, map(p) = max(0, Σ_c (∂s/∂f)_c·A_c(p)) needs no backward pass.
 *
 * <p>A local density judges the features x at one place p as the above judge a part. Where parts are aligned each place has its own
 * Gaussian, its covariance drawn to the mean over all places as if that were thirty more parts; on a texture all places share one kernel
 * density, with kernels at a coreset of the patches of good parts.
 *
 * <pre>
 * per location    o(p) = ½(x−µ_p)ᵀΣ_p⁻¹(x−µ_p)     Σ_p = (n·S_p + 30·S̄)/(n+30) + 10⁻⁴·tr(S̄)/C·I
 * location-free   o(p) = the kernels' s above, for z = x
 * </pre>
 *
 * <p>With n held-out scores, p(s) = (1 + #{sᵢ ≥ s})/(n+1), and rejecting where p ≤ α rejects at most a share α of good parts that are
 * exchangeable with them; the threshold is the one score for which {@code s > threshold} says the same. Tighter than 1/(n+1) needs a
 * generalised Pareto tail, asked for by name and marked.
 *
 * <h2>Limits</h2>
 *
 * <p>Two normals are the fewest that fit; with few, Σ is mostly its shrunk part and the score close to a Euclidean distance. 10,000 normals
 * in 64 dimensions score in well under a millisecond. Local densities fit one part, but per location that ranks places and sets no
 * scale; a map of 64 channels of 32×32 costs 1 ms per location and 4 ms location-free. A p-value says how rare a score is among good
 * parts like those held out, and nothing about missed defects, other light or another part. A heat map explains a score and does not
 * outline a defect.
 */
package io.kerf.density;
