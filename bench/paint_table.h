/// \file
/// The paint benchmark: takes the colours off drawings of sequences and lets the program and two baselines
/// put them back, from references that grow scarcer from protocol to protocol.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "bench/line_memory.h"
#include "bench/paint_frame.h"
#include "bench/paint_metrics.h"
#include "bench/sequence.h"

namespace nakawari::bench {

enum class Protocol {
  p1,        ///< the previous drawing is painted
  p1b,       ///< the previous and the next
  p3,        ///< first and last of nine
  p2,        ///< the first of nine
  p3_whole,  ///< first and last of the sequence
  p2_whole,  ///< the first of the sequence
  p4,        ///< none: the colour model and its picture (the first drawing of another sequence)
  p4_words,  ///< none: the colour model without a picture
  shadows,   ///< the previous drawing, with two-tone shadows behind blue trace lines
};
inline constexpr std::array kProtocols = {Protocol::p1, Protocol::p1b,      Protocol::p3,
                                          Protocol::p2, Protocol::p3_whole, Protocol::p2_whole,
                                          Protocol::p4, Protocol::p4_words, Protocol::shadows};
std::string_view word(Protocol protocol);

enum class Painter { ours, flow_vote, same_place };
inline constexpr std::array kPainters = {Painter::ours, Painter::flow_vote, Painter::same_place};
std::string_view word(Painter painter);

/// Drawings that are painted together. `painted` and `asked` are indices into the sequence's frames.
struct PaintTask {
  std::vector<int> frames;
  std::vector<int> painted;
};

/// The tasks of a protocol; `stride` thins them (a window of nine starts at every 8 * stride-th drawing).
std::vector<PaintTask> tasks_of(int frames, Protocol protocol, int stride);

struct PaintOutcome {
  std::string sequence;
  int frame = 0;
  Protocol protocol = Protocol::p1;
  Painter painter = Painter::ours;
  PaintScore score = {};
  std::vector<Raster> pictures = {};  ///< truth, ours, what is wrong or asked; when wanted
};

struct PaintTableOptions {
  std::vector<Protocol> protocols = {kProtocols.begin(), kProtocols.end()};
  std::vector<Painter> painters;
  int stride = 1;
  LineSource source = LineSource::bin;         ///< end to end from these
  RegionSource regions = RegionSource::lines;  ///< or on given regions
  bool clicks = false;                         ///< also count a simulated painter's clicks
  LineMemory* memory = nullptr;                ///< of matched lines; may be nullptr
  std::size_t worst = 0;                       ///< so many outcomes of ours per sequence keep their pictures
  Threads threads;
};

/// False in a build without the painter.
bool painter_is_built();

/// The outcome of every drawing that a task leaves to be painted. A sequence without `flat` or colours gives
/// none. sheet: the sequence whose first drawing stands as the picture of the colour model; may be nullptr,
/// then P4 has none.
Result<std::vector<PaintOutcome>> run_paint_table(const Sequence& sequence, const Sequence* sheet,
                                                  const PaintTableOptions& options);

/// The sequence that shows the same character in the same shot: the next one by name, round about; nullptr
/// when it is alone.
const Sequence* sheet_for(const Sequence& sequence, const std::vector<Sequence>& all);

/// A row per protocol and painter over all sequences and those held out.
std::string paint_text(const std::vector<PaintOutcome>& outcomes);
/// The worst of ours that kept their pictures: truth, ours, verdict (red wrong, pink wrong and asked, yellow
/// right but asked).
Raster paint_sheet(const std::vector<PaintOutcome>& outcomes, std::size_t most);
std::string paint_json(const std::vector<PaintOutcome>& outcomes);

}  // namespace nakawari::bench
