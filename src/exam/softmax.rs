//! A linear choice among a few options, fitted by softmax regression: the ranking of candidates, and
//! the choice of a topic's case.

/// Steps of the descent, and how far each goes; momentum carries the rest.
const STEPS: usize = 1_500;
const RATE: f64 = 0.3;
const MOMENTUM: f64 = 0.9;

/// Options with their traits, and whether each is right.
pub(super) type Options<const N: usize> = Vec<([f64; N], bool)>;

/// Weights under which the right options come out on top. Samples without a right option, or with
/// nothing but right ones, teach nothing and are left out. `ridge` pulls the weights towards zero.
pub(super) fn fit<'a, const N: usize>(samples: impl Iterator<Item = &'a Options<N>>, ridge: f64) -> [f64; N] {
    let teaches = |options: &&Options<N>| options.iter().any(|(_, right)| *right) && options.iter().any(|(_, right)| !right);
    let usable: Vec<&Options<N>> = samples.filter(teaches).collect();
    let mut weights = [0.0; N];
    let mut velocity = [0.0; N];
    for _ in 0..STEPS {
        let mut gradient = [0.0; N];
        for options in &usable {
            let scores: Vec<f64> = options.iter().map(|(traits, _)| crate::answer::dot(&weights, traits)).collect();
            let top = scores.iter().copied().fold(f64::MIN, f64::max);
            let exp: Vec<f64> = scores.iter().map(|score| (score - top).exp()).collect();
            let all: f64 = exp.iter().sum();
            let right: f64 = exp.iter().zip(*options).filter(|(_, (_, right))| *right).map(|(e, _)| e).sum();
            for ((traits, is_right), e) in options.iter().zip(&exp) {
                let target = if *is_right { e / right } else { 0.0 };
                let error = e / all - target;
                gradient.iter_mut().zip(traits).for_each(|(g, trait_)| *g += error * trait_);
            }
        }
        let count = usable.len().max(1) as f64;
        for ((weight, gradient), velocity) in weights.iter_mut().zip(gradient).zip(&mut velocity) {
            *velocity = MOMENTUM * *velocity - RATE * (gradient / count + ridge * *weight);
            *weight += *velocity;
        }
    }
    weights
}
