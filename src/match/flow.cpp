#include "match/flow.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/video.hpp>

#include "image/distance.h"

namespace nakawari {
namespace {

float bilinear(const Grid<float>& grid, double x, double y) {
  x = std::clamp(x, 0.0, grid.width - 1.0);
  y = std::clamp(y, 0.0, grid.height - 1.0);
  const int x0 = static_cast<int>(x), y0 = static_cast<int>(y);
  const int x1 = std::min(x0 + 1, grid.width - 1), y1 = std::min(y0 + 1, grid.height - 1);
  const double u = x - x0, v = y - y0;
  return static_cast<float>((1 - v) * ((1 - u) * grid(x0, y0) + u * grid(x1, y0)) +
                            v * ((1 - u) * grid(x0, y1) + u * grid(x1, y1)));
}

}  // namespace

Vec2 Motion::moved(Vec2 p) const {
  const double x = p.x / step, y = p.y / step;
  return {p.x + bilinear(dx, x, y), p.y + bilinear(dy, x, y)};
}

FlowImage prepare_flow(const LineImage& lines) {
  // Lines fade over about this many pixels: wide enough to pull across a usual motion at the coarse levels,
  // narrow enough to keep neighbouring lines apart.
  constexpr double kFade = 6.0;
  // From here on nothing is left of them, neither of the three pixels beside this one.
  constexpr float kFaded = 62;
  FlowImage image;
  image.width = lines.width();
  image.height = lines.height();
  const Grid<float> distance = distance_to(core_mask(lines));
  image.near = Grid<std::uint8_t>((image.width + 1) / 2, (image.height + 1) / 2);
  for (int j = 0; j < image.near.height; ++j) {
    for (int i = 0; i < image.near.width; ++i) {
      if (distance(2 * i, 2 * j) > kFaded) continue;
      double sum = 0;
      for (int k = 0; k < 4; ++k) {
        const int x = std::min(2 * i + (k & 1), image.width - 1);
        const int y = std::min(2 * j + (k >> 1), image.height - 1);
        sum += std::exp(-distance(x, y) / kFade);
      }
      image.near(i, j) = static_cast<std::uint8_t>(std::lround(sum * 255 / 4));
    }
  }
  return image;
}

Motion dense_motion(const FlowImage& from, const FlowImage& to, const Motion& start, MotionDetail detail) {
  const cv::Size size(from.near.width, from.near.height);
  const cv::Mat a(size, CV_8U, const_cast<std::uint8_t*>(from.near.data.data()));
  const cv::Mat b(size, CV_8U, const_cast<std::uint8_t*>(to.near.data.data()));
  cv::Mat flow;
  if (!start.dx.empty()) {
    flow = cv::Mat(size, CV_32FC2);
    for (int j = 0; j < size.height; ++j) {
      for (int i = 0; i < size.width; ++i) {
        flow.at<cv::Vec2f>(j, i) = {start.dx(i, j) / 2, start.dy(i, j) / 2};
      }
    }
  }
  const auto dis = cv::DISOpticalFlow::create(cv::DISOpticalFlow::PRESET_MEDIUM);
  const bool fine = detail == MotionDetail::fine;
  dis->setFinestScale(fine ? 0 : 1);
  dis->setPatchStride(fine ? 3 : 4);
  dis->calc(a, b, flow);
  Motion motion;
  motion.dx = Grid<float>(size.width, size.height);
  motion.dy = motion.dx;
  for (int j = 0; j < size.height; ++j) {
    for (int i = 0; i < size.width; ++i) {
      const cv::Vec2f v = flow.at<cv::Vec2f>(j, i);
      motion.dx(i, j) = 2 * v[0];
      motion.dy(i, j) = 2 * v[1];
    }
  }
  return motion;
}

Motion coarser(const Motion& motion) {
  Motion coarse;
  coarse.step = 2 * motion.step;
  coarse.dx = Grid<float>((motion.dx.width + 1) / 2, (motion.dx.height + 1) / 2);
  coarse.dy = coarse.dx;
  for (int j = 0; j < coarse.dx.height; ++j) {
    for (int i = 0; i < coarse.dx.width; ++i) {
      coarse.dx(i, j) = motion.dx(2 * i, 2 * j);
      coarse.dy(i, j) = motion.dy(2 * i, 2 * j);
    }
  }
  return coarse;
}

Motion composed(const Motion& ab, const Motion& bc) {
  Motion ac = ab;
  for (int j = 0; j < ab.dx.height; ++j) {
    for (int i = 0; i < ab.dx.width; ++i) {
      const double x = i + ab.dx(i, j) / static_cast<double>(ab.step),
                   y = j + ab.dy(i, j) / static_cast<double>(ab.step);
      ac.dx(i, j) += bilinear(bc.dx, x, y);
      ac.dy(i, j) += bilinear(bc.dy, x, y);
    }
  }
  return ac;
}

}  // namespace nakawari
