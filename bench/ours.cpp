#include "bench/ours.h"

#ifdef NAKAWARI_BENCH_INBETWEEN
#include <chrono>
#include <optional>

#include "bench/match_truth.h"
#include "drawing/render.h"
#include "image/line_image.h"
#include "inbetween/inbetween.h"
#include "match/match.h"
#include "trace/trace.h"
#endif

namespace nakawari::bench {

#ifdef NAKAWARI_BENCH_INBETWEEN

namespace {

class Watch {
 public:
  [[nodiscard]] double milliseconds() const {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace

struct TracedKey::State {
  Drawing drawing;
  double milliseconds = 0;
};

struct OurPair::State {
  Correspondence correspondence;
  std::optional<Inbetweener> inbetweener;
  OurTimes times;

  void take(const TracedKey& a, const TracedKey& b, const MatchedKeys& matched) {
    times.trace = (a.milliseconds() + b.milliseconds()) / 2;
    times.match = matched.milliseconds;
    correspondence = *matched.correspondence;
  }

  void set_up(const TracedKey& a, const TracedKey& b, const std::vector<DrawnArc>& arcs,
              const Around& around = {}, int drawings = 1) {
    const Watch watch;
    InbetweenOptions options;
    options.arcs = arcs;
    options.around = around;
    options.drawings = drawings;
    inbetweener.emplace(a.state().drawing, b.state().drawing, correspondence, options);
    times.setup = watch.milliseconds();
  }
};

bool ours_is_built() {
  return true;
}

Result<TracedKey> TracedKey::of(const Raster& key) {
  const Watch watch;
  auto drawing = trace(classify_lines(key));
  if (!drawing) return Failure(drawing.error());
  TracedKey traced;
  traced.state_->drawing = std::move(*drawing);
  traced.state_->milliseconds = watch.milliseconds();
  return traced;
}

double TracedKey::milliseconds() const {
  return state_->milliseconds;
}

Result<MatchedKeys> matched(const TracedKey& a, const TracedKey& b, const MatchFixes& fixes) {
  const Watch watch;
  auto found = match(a.state().drawing, b.state().drawing, fixes, {.threads = {1}});
  if (!found) return Failure(found.error());
  return MatchedKeys{std::make_shared<const Correspondence>(std::move(*found)), watch.milliseconds()};
}

Result<OurPair> OurPair::of(const TracedKey& a, const TracedKey& b, const MatchFixes& fixes,
                            const std::vector<DrawnArc>& arcs, int drawings) {
  const auto found = matched(a, b, fixes);
  if (!found) return Failure(found.error());
  OurPair pair;
  pair.state_->take(a, b, *found);
  pair.state_->set_up(a, b, arcs, {}, drawings);
  return pair;
}

OurPair OurPair::of(const TracedKey& a, const TracedKey& b, const MatchedKeys& known,
                    const MatchedKeys* before, const MatchedKeys* after, int drawings) {
  Around around;
  around.use = drawings == 1 ? Around::Use::plain_time : Around::Use::shape_and_speed;
  if (before != nullptr) around.before = before->correspondence;
  if (after != nullptr) around.after = after->correspondence;
  OurPair pair;
  pair.state_->take(a, b, known);
  pair.state_->set_up(a, b, {}, around, drawings);
  return pair;
}

OurPair OurPair::of_truth(const Sequence& sequence, int first, int last, const TracedKey& a,
                          const TracedKey& b) {
  OurPair pair;
  pair.state_->correspondence =
      true_correspondence(sequence, first, last, a.state().drawing, b.state().drawing);
  pair.state_->set_up(a, b, {});
  return pair;
}

OurPair OurPair::with(const TracedKey& a, const TracedKey& b, const std::vector<DrawnArc>& arcs) const {
  OurPair pair;
  pair.state_->correspondence = state_->correspondence;
  pair.state_->times = state_->times;
  pair.state_->set_up(a, b, arcs);
  return pair;
}

Result<OurDrawing> OurPair::at(double t, OurTimes* times) const {
  const Watch watch;
  auto drawn = state_->inbetweener->at(t);
  if (!drawn) return Failure(drawn.error());
  OurDrawing result;
  result.picture = to_raster(render_lines(drawn->drawing));
  if (times != nullptr) {
    *times = state_->times;
    times->draw = watch.milliseconds();
  }
  result.judgement = std::move(drawn->judgement);
  for (const EvidenceField& field : kEvidence)
    result.features.emplace_back(field.name, drawn->evidence.*field.value);
  result.to_a = std::move(drawn->to_a);
  result.to_b = std::move(drawn->to_b);
  return result;
}

#else

struct TracedKey::State {};
struct OurPair::State {};

bool ours_is_built() {
  return false;
}
Result<TracedKey> TracedKey::of(const Raster&) {
  return fail(ErrorCode::missing_tool, "built without the in-between stages");
}
double TracedKey::milliseconds() const {
  return 0;
}
Result<OurPair> OurPair::of(const TracedKey&, const TracedKey&, const MatchFixes&,
                            const std::vector<DrawnArc>&, int) {
  return fail(ErrorCode::missing_tool, "built without the in-between stages");
}
Result<MatchedKeys> matched(const TracedKey&, const TracedKey&, const MatchFixes&) {
  return fail(ErrorCode::missing_tool, "built without the in-between stages");
}
OurPair OurPair::of(const TracedKey&, const TracedKey&, const MatchedKeys&, const MatchedKeys*,
                    const MatchedKeys*, int) {
  return {};
}
OurPair OurPair::of_truth(const Sequence&, int, int, const TracedKey&, const TracedKey&) {
  return {};
}
OurPair OurPair::with(const TracedKey&, const TracedKey&, const std::vector<DrawnArc>&) const {
  return {};
}
Result<OurDrawing> OurPair::at(double, OurTimes*) const {
  return fail(ErrorCode::missing_tool, "built without the in-between stages");
}

#endif

TracedKey::TracedKey() : state_(std::make_unique<State>()) {}
TracedKey::~TracedKey() = default;
TracedKey::TracedKey(TracedKey&&) noexcept = default;
TracedKey& TracedKey::operator=(TracedKey&&) noexcept = default;
OurPair::OurPair() : state_(std::make_unique<State>()) {}
OurPair::~OurPair() = default;
OurPair::OurPair(OurPair&&) noexcept = default;
OurPair& OurPair::operator=(OurPair&&) noexcept = default;

}  // namespace nakawari::bench
